using System.Buffers;
using System.Security.Cryptography;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>How the intake of a file ended: as a document, or with what was found wrong. Kept with the key of the request, so a repeated one learns the same.</summary>
/// <param name="Document">The document.</param>
/// <param name="Finding">Code of what was found wrong.</param>
internal sealed record IntakeOutcome(Versioned<FileView>? Document, string? Finding)
{
    /// <summary>The answer, or the refusal.</summary>
    public CreatedAnswer<FileView> Answer() =>
        Document is { } d
            ? new($"/api/v1/dossiers/{d.Item.DossierId}/documents/{d.Item.Id}", d)
            : throw new BusinessRuleException(FileErrors.Finding(Finding!));
}

/// <summary>What every way in has in common: bytes into pieces, a look at what they are, and the document made of them.</summary>
internal sealed class DocumentIntake(
    IFileStore store,
    IStoredContent contents,
    IVirusScan scan,
    TrustAnchors anchors,
    IDocumentLog log,
    ICatalogue catalogue,
    CurrentUser user,
    TimeProvider clock
)
{
    /// <summary>What the procedure of a dossier asks for; null when the catalogue does not have it.</summary>
    public async Task<ProcedureContent?> AskedFor(Dossier dossier, CancellationToken ct)
    {
        var procedure = await catalogue.Find(dossier.ProcedureCode, ct);
        if (procedure is not null && procedure.LastVersion < dossier.ProcedureVersion)
            procedure = await catalogue.Refresh(dossier.ProcedureCode, ct);
        return procedure?.Versions.FirstOrDefault(v => v.Number == dossier.ProcedureVersion)?.Content;
    }

    /// <summary>Checks what is said about a file against its dossier and who hands it in.</summary>
    /// <exception cref="BusinessRuleException">It is not to be taken in.</exception>
    public async Task Check(Dossier dossier, FileFacts facts, CancellationToken ct)
    {
        facts.Check(dossier, await AskedFor(dossier, ct));
        DemandSettler(dossier, facts.Kind);
    }

    /// <summary>What is to become the result, or is it as it was issued, is in the hands of whoever may settle.</summary>
    public void DemandSettler(Dossier dossier, FileKind kind)
    {
        if (
            kind == FileKind.Result
            && (dossier.SettledAt is null || dossier.Result?.Files is { Count: > 0 })
            && !user.May(DossiersPermissions.Settle)
        )
            throw new BusinessRuleException(HandoverErrors.OnlyWhoSettles);
    }

    /// <summary>Puts what comes into the store, piece by piece; what came before the connection broke is kept as well.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="offset">Where it stands.</param>
    /// <param name="content">What comes.</param>
    /// <param name="keep">Records a piece; false when it may not be part of the upload.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>Where it stands afterwards.</returns>
    public async Task<long> Receive(
        UploadId upload,
        long offset,
        Stream content,
        Func<UploadPiece, ReadOnlyMemory<byte>, Task<bool>> keep,
        CancellationToken ct
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Upload.PieceSize);
        try
        {
            while (true)
            {
                var (length, broken) = await Fill(content, buffer.AsMemory(0, Upload.PieceSize), ct);
                if (length > 0)
                {
                    var piece = new UploadPiece(offset, length, FileKeys.Piece(upload, offset));
                    // What has come is kept, whether or not anybody still waits for the answer.
                    await store.Put(piece.Key, buffer.AsMemory(0, length), CancellationToken.None);
                    if (!await keep(piece, buffer.AsMemory(0, length)))
                    {
                        await store.Delete(piece.Key, CancellationToken.None);
                        throw new BusinessRuleException(FileErrors.OffsetDiffers);
                    }
                    offset += length;
                }
                if (broken is not null)
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(broken);
                if (length < Upload.PieceSize)
                    return offset;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Looks at a file that has come whole. Malware is recorded along with the following save.</summary>
    /// <param name="dossier">Its dossier.</param>
    /// <param name="type">The type that was declared.</param>
    /// <param name="file">The file.</param>
    /// <param name="stated">SHA-256 as the caller stated it.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task<(Error? Finding, FileFindings? Found)> Look(
        DossierId dossier,
        FileType type,
        Stream file,
        string? stated,
        CancellationToken ct
    )
    {
        if (file.Length == 0)
            return (FileErrors.Empty, null);
        file.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        if (stated is not null && stated != sha256)
            return (FileErrors.HashDiffers, null);
        var (finding, signature) = await FileInspection.Look(type, file, anchors, clock.GetUtcNow(), ct);
        if (finding is not null)
            return (finding, null);
        file.Position = 0;
        var verdict = await scan.Scan(file, ct);
        if (verdict.Malware is { } malware)
        {
            log.Malware(dossier, sha256, malware);
            return (FileErrors.Infected, null);
        }
        return (null, new(sha256, file.Length, verdict.Check, signature));
    }

    /// <summary>Makes the document and keeps its bytes; both belong to the following save.</summary>
    public async Task<DossierFile> Take(
        Dossier dossier,
        string name,
        FileType type,
        FileFacts facts,
        FileFindings found,
        Stream file,
        CancellationToken ct
    )
    {
        await contents.Keep(found.Sha256, found.Size, file, ct);
        log.Line(dossier.Id, "documentAdded", facts.ComponentCode ?? "result");
        return DossierFile.Add(dossier.Id, name, type, facts, found, user.Caller.Subject, clock.GetUtcNow());
    }

    /// <summary>The view of a document for the caller.</summary>
    public Versioned<FileView> View(DossierFile file) => new(FileView.Of(file, user.May(DossiersPermissions.ReadPersonal)), file.Version);

    /// <summary>Removes the pieces of an upload that has ended; what cannot be removed now is removed later.</summary>
    public async Task Discard(UploadId upload)
    {
        try
        {
            await store.DeleteFolder(FileKeys.Of(upload), CancellationToken.None);
        }
        catch (BusinessRuleException)
        {
            // The store has said so in the log.
        }
    }

    private static async Task<(int Length, Exception? Broken)> Fill(Stream content, Memory<byte> buffer, CancellationToken ct)
    {
        var length = 0;
        try
        {
            while (length < buffer.Length)
            {
                var read = await content.ReadAsync(buffer[length..], ct);
                if (read == 0)
                    break;
                length += read;
            }
            return (length, null);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return (length, e);
        }
    }
}
