using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

/// <summary>Where an upload stands.</summary>
internal enum UploadState
{
    /// <summary>Bytes may come.</summary>
    Open,

    /// <summary>It became a document.</summary>
    Completed,

    /// <summary>What came was refused.</summary>
    Refused,

    /// <summary>The caller gave it up, or it was left alone for too long.</summary>
    Cancelled,
}

/// <summary>A stretch of an upload that is in the store.</summary>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Key">Its key in the store.</param>
internal sealed record UploadPiece(long Offset, int Length, string Key);

/// <summary>
/// A file on its way in. Its bytes lie in the store as pieces that are whole or not there at all; how far it has come is known by the database
/// alone, so that any host may go on and a piece that nobody recorded is not part of it.
/// </summary>
internal sealed class Upload
{
    /// <summary>Most bytes of a piece: what is lost when a host dies, and what one upload needs of memory.</summary>
    public const int PieceSize = 1024 * 1024;

    private Upload() { }

    public UploadId Id { get; private set; }

    public DossierId DossierId { get; private set; }

    [Personal]
    public string FileName { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    public long Size { get; private set; }

    /// <summary>SHA-256 as the caller stated it, in hexadecimal.</summary>
    public string? Sha256 { get; private set; }

    public FileFacts Facts { get; private set; } = null!;

    /// <summary>How many bytes have come.</summary>
    public long Received { get; private set; }

    public UploadState State { get; private set; }

    /// <summary>Code of what was found wrong.</summary>
    public string? Finding { get; private set; }

    public FileId? FileId { get; private set; }

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset TouchedAt { get; private set; }

    /// <summary>Set by the database (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    public static Upload Start(
        DossierId dossier,
        string fileName,
        FileType type,
        long size,
        string? sha256,
        FileFacts facts,
        string by,
        DateTimeOffset now
    ) =>
        size > type.Largest
            ? throw new BusinessRuleException(FileErrors.TooLarge.With(type.Largest).At("/size"))
            : new()
            {
                Id = new(Guid.CreateVersion7(now)),
                DossierId = dossier,
                FileName = type.NameFor(fileName),
                MediaType = type.MediaType,
                Size = size,
                Sha256 = sha256?.ToLowerInvariant(),
                Facts = facts,
                CreatedBy = by,
                CreatedAt = now,
                TouchedAt = now,
            };

    /// <summary>It became a document.</summary>
    public void Complete(FileId file, DateTimeOffset now)
    {
        RequireOpen();
        (State, FileId, TouchedAt) = (UploadState.Completed, file, now);
    }

    /// <summary>What came cannot be taken.</summary>
    public void Refuse(Error finding, DateTimeOffset now)
    {
        RequireOpen();
        (State, Finding, TouchedAt) = (UploadState.Refused, finding.Code, now);
    }

    /// <summary>The caller gives it up.</summary>
    public void Cancel(DateTimeOffset now)
    {
        RequireOpen();
        (State, TouchedAt) = (UploadState.Cancelled, now);
    }

    /// <summary>Checks that bytes may come at an offset.</summary>
    public void RequireAt(long offset)
    {
        RequireOpen();
        if (offset != Received)
            throw new BusinessRuleException(FileErrors.OffsetDiffers);
    }

    /// <summary>Checks that it has not ended.</summary>
    public void RequireOpen()
    {
        if (State != UploadState.Open)
            throw new BusinessRuleException(FileErrors.UploadClosed);
    }
}
