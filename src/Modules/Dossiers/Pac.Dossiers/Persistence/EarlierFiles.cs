using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Persistence;

internal sealed class EarlierFiles(DossiersDbContext db) : IEarlierFiles
{
    private const int Most = 200;

    public async Task<IReadOnlyList<EarlierFile>> Of(
        byte[] identityIndex,
        DossierId? but,
        IReadOnlyList<string> components,
        CancellationToken ct
    )
    {
        var left = but ?? default;
        string?[] codes = [.. components];
        var rows = await (
            from d in db.Visible.AffairsOf(db, identityIndex)
            where d.Id != left
            join f in db.Files on d.Id equals f.DossierId
            // What was refused or not accepted may have been so because of its papers.
            where f.RemovedAt == null && d.Outcome != Outcome.Refusal && d.Outcome != Outcome.Rejection
            // What is only drafted is no result that stands in for a paper.
            where f.Kind == FileKind.Result ? d.Outcome == Outcome.Result : codes.Contains(f.ComponentCode)
            orderby f.AddedAt descending, f.Id descending
            select new
            {
                d.Id,
                d.Code,
                Document = f.Id,
                f.Kind,
                f.ComponentCode,
                f.AddedAt,
                d.Result,
                f.Sha256,
                d.ProcedureCode,
                d.ProcedureVersion,
            }
        )
            .Take(Most)
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new EarlierFile(
                r.Id,
                r.Code,
                r.Document,
                r.Kind,
                r.ComponentCode,
                r.AddedAt,
                r.Kind == FileKind.Result ? r.Result?.Number : null,
                r.Sha256,
                new(r.ProcedureCode, r.ProcedureVersion)
            )),
        ];
    }
}
