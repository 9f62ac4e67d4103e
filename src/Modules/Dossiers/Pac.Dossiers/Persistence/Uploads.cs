using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Persistence;

internal sealed class Uploads(DossiersDbContext db, TimeProvider clock) : IUploads
{
    public Task<Upload?> Find(DossierId dossier, UploadId upload, CancellationToken ct) =>
        db.Uploads.FirstOrDefaultAsync(u => u.Id == upload && u.DossierId == dossier && db.Visible.Any(d => d.Id == u.DossierId), ct);

    public async Task<IReadOnlyList<UploadPiece>> Pieces(UploadId upload, CancellationToken ct) =>
        await db.Set<PieceRow>()
            .Where(p => p.UploadId == upload)
            .OrderBy(p => p.Start)
            .Select(p => new UploadPiece(p.Start, p.Length, p.Key))
            .ToListAsync(ct);

    public void Add(Upload upload) => db.Uploads.Add(upload);

    public Task Save(CancellationToken ct) => db.SaveChangesAsync(ct);

    // One statement: of two hosts at one offset, the second finds that the upload has moved on.
    public async Task<bool> Save(UploadId upload, UploadPiece piece, CancellationToken ct)
    {
        var (now, id) = (clock.GetUtcNow().ToUniversalTime(), upload.Value);
        return await db.Database.ExecuteSqlAsync(
                $"""
                WITH moved AS (
                    UPDATE dossiers.uploads SET received = received + {piece.Length}, touched_at = {now}
                    WHERE id = {id} AND state = 'Open' AND received = {piece.Offset} AND received + {piece.Length} <= size
                    RETURNING id)
                INSERT INTO dossiers.upload_pieces (upload_id, start, length, key)
                SELECT id, {piece.Offset}, {piece.Length}, {piece.Key} FROM moved
                """,
                ct
            ) == 1;
    }
}

internal sealed class DocumentLog(DossiersDbContext db, TimeProvider clock) : IDocumentLog
{
    public void Line(DossierId dossier, string act, string? detail) =>
        db.Timeline.Add(TimelineEntry.Of(dossier, act, db.User.Caller.Subject, detail, clock.GetUtcNow()));

    public void Malware(DossierId dossier, string sha256, string malware)
    {
        db.Note("Malware", dossier.Value.ToString(), Pac.BuildingBlocks.Auditing.Changes.Between(null, new { sha256, malware }));
        Line(dossier, "documentRefused", "malware");
    }
}
