using Pac.Dossiers.Domain.Figures;

namespace Pac.Dossiers.Domain.Files;

/// <summary>Where bytes are kept: a folder, or an object store. A key holds all of its bytes or does not exist.</summary>
/// <remarks>Every method refuses with <see cref="FileErrors.StoreAway"/> while the store cannot be reached or is full.</remarks>
internal interface IFileStore
{
    /// <summary>Keeps a few bytes.</summary>
    Task Put(string key, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Keeps a whole file, read from a stream.</summary>
    Task Put(string key, Stream content, long size, CancellationToken ct);

    /// <summary>Reads from a byte on.</summary>
    Task<Stream> Open(string key, long from, CancellationToken ct);

    /// <summary>How many bytes a key holds, or null when there is none.</summary>
    Task<long?> Size(string key, CancellationToken ct);

    /// <summary>Removes a key; nothing happens when there is none.</summary>
    Task Delete(string key, CancellationToken ct);

    /// <summary>Removes every key below a folder.</summary>
    Task DeleteFolder(string folder, CancellationToken ct);

    /// <summary>The names of the folders directly below a folder.</summary>
    IAsyncEnumerable<string> Folders(string folder, CancellationToken ct);
}

/// <summary>The keys of the store.</summary>
internal static class FileKeys
{
    public const string Uploads = "uploads";
    public const string Exports = "exports";

    /// <summary>The folder of an export.</summary>
    public static string Of(DossierExportId export) => $"{Exports}/{export.Value:N}";

    /// <summary>A piece of the file that one run of an export writes.</summary>
    public static string Piece(DossierExportId export, int run, int number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Of(export)}/{run:D4}-{number:D6}");

    /// <summary>The folder of the proof of a publication, which stays.</summary>
    public static string Of(PublicationId publication) => $"publications/{publication.Value:N}";

    /// <summary>A piece of the proof that one run of a publication writes.</summary>
    public static string Piece(PublicationId publication, int run, int number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Of(publication)}/{run:D4}-{number:D6}");

    /// <summary>The folder of an upload.</summary>
    public static string Of(UploadId upload) => $"{Uploads}/{upload.Value:N}";

    /// <summary>A key that no other host uses for the same stretch.</summary>
    public static string Piece(UploadId upload, long offset) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Of(upload)}/{offset:D12}-{Guid.CreateVersion7():N}");

    /// <summary>The key of bytes by their SHA-256; nothing that a caller named is part of it.</summary>
    public static string Content(string sha256) => $"content/{sha256[..2]}/{sha256[2..4]}/{sha256}";
}

/// <summary>What a virus scan says.</summary>
/// <param name="Check">Whether it looked at all.</param>
/// <param name="Malware">Name of what it found, or null.</param>
internal readonly record struct ScanVerdict(VirusCheck Check, string? Malware);

/// <summary>Looks through a file for malware.</summary>
internal interface IVirusScan
{
    /// <summary>Looks through it, or refuses with <see cref="FileErrors.ScannerAway"/>: nothing passes unseen while a scanner is configured.</summary>
    Task<ScanVerdict> Scan(Stream content, CancellationToken ct);
}

/// <summary>The uploads of the dossiers that the caller may see.</summary>
internal interface IUploads
{
    Task<Upload?> Find(DossierId dossier, UploadId upload, CancellationToken ct);

    /// <summary>The pieces in order.</summary>
    Task<IReadOnlyList<UploadPiece>> Pieces(UploadId upload, CancellationToken ct);

    void Add(Upload upload);

    /// <summary>Writes what changed.</summary>
    Task Save(CancellationToken ct);

    /// <summary>Records a piece, if the upload is open and stands at its offset. Returns whether it did.</summary>
    Task<bool> Save(UploadId upload, UploadPiece piece, CancellationToken ct);
}

/// <summary>Content that is stored once, however many documents refer to it.</summary>
internal interface IStoredContent
{
    /// <summary>Keeps content. It belongs to the transaction that the following save commits; without a save it is removed after a while.</summary>
    Task Keep(string sha256, long size, Stream content, CancellationToken ct);

    /// <summary>A further document refers to it. Returns whether it is still there; the rest is as with <see cref="Keep"/>.</summary>
    Task<bool> KeepAgain(string sha256, long size, CancellationToken ct);

    /// <summary>A document no longer refers to it; it goes after a while, if no other does.</summary>
    Task Release(string sha256, CancellationToken ct);

    /// <summary>Reads it, from any place.</summary>
    Stream Open(string sha256, long size);
}

/// <summary>Writes what happened to the documents of a dossier.</summary>
internal interface IDocumentLog
{
    /// <summary>A line of the dossier's history, written by the following save.</summary>
    void Line(DossierId dossier, string act, string? detail);

    /// <summary>An entry of the audit trail for malware that was refused, and a line of the history.</summary>
    void Malware(DossierId dossier, string sha256, string malware);
}
