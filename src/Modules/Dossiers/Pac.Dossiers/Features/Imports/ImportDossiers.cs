using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Features.Imports;

/// <summary>How far an import has come, and with what outcome.</summary>
/// <param name="Line">Last line worked on.</param>
/// <param name="Rows">Rows worked on.</param>
/// <param name="Imported">Dossiers taken in.</param>
/// <param name="AlreadyThere">Rows whose source id was known.</param>
/// <param name="Rejected">Rows that could not be taken; each is listed with its reason.</param>
internal sealed record ImportOutcome(int Line, long Rows, long Imported, long AlreadyThere, long Rejected);

/// <summary>
/// Works on the staged rows in batches. A batch is one transaction: dossiers, figures, faults, checkpoint, and that its rows are staged no longer. After a crash the next run goes
/// on from the checkpoint; a source id is taken once, whatever is repeated.
/// </summary>
internal sealed class ImportDossiers(DossiersDbContext db, ImportSeals seals, IIdentityNumbers numbers, ImportReference reference)
    : IJobWork
{
    private const int BatchSize = 2_000;
    private const int LongestShown = 100;

    public string Kind => ImportStore.JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var (source, key) = run.Parameters<ImportParameters>();
        using var seal = key is null ? null : seals.Of(key);
        var outcome = run.Checkpoint<ImportOutcome>() ?? new(0, 0, 0, 0, 0);
        var context = await reference.Context(DataScope.Parse(run.Job.Scope, run.Job.Subject), ct);
        var centres = new HashSet<string>();
        var asked = new HashSet<string>();
        while (true)
        {
            var staged = await db.StagedRows(run.Job.Id, outcome.Line, BatchSize, ct);
            var rows = staged.ConvertAll(r => (r.Line, seal?.Open(r.Line, r.Cells) ?? r.Cells));
            if (rows.Count == 0)
                break;
            centres.UnionWith(await reference.Centres(rows.Select(r => r.Item2), asked, ct));
            outcome = await TakeBatch(run, source, rows, context with { Centres = centres }, keepRejected: seal is not null, outcome, ct);
        }
        return outcome;
    }

    private async Task<ImportOutcome> TakeBatch(
        JobRun run,
        string source,
        List<(int Line, string?[] Cells)> rows,
        ImportContext context,
        bool keepRejected,
        ImportOutcome before,
        CancellationToken ct
    )
    {
        var good = new List<(int Line, ImportedDossier Dossier)>(rows.Count);
        List<RowFault> faults = [];
        var seen = new HashSet<string>();
        var repeated = 0;
        foreach (var (line, cells) in rows)
        {
            var sourceId = cells.Length > 1 ? cells[0] : null;
            var dossier = ImportedDossier.Read(cells, context, (member, code) => faults.Add(new(line, Short(sourceId), member, code)));
            if (dossier is null)
                continue;
            if (seen.Add(dossier.SourceId))
                good.Add((line, dossier));
            else
                repeated++;
        }
        var rejected = rows.Count - good.Count - repeated;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var skipped = await db.InsertBatch(source, good, numbers, ct);
        foreach (var (line, sourceId, _) in skipped.Where(s => !s.Known))
            faults.Add(new(line, sourceId, "code", "code-taken"));
        await db.WriteFaults(run.Job.Id, faults, ct);
        var taken = skipped.Count(s => !s.Known);
        var outcome = new ImportOutcome(
            rows[^1].Line,
            before.Rows + rows.Count,
            before.Imported + good.Count - skipped.Count,
            before.AlreadyThere + repeated + skipped.Count - taken,
            before.Rejected + rejected + taken
        );
        // What could be read and not be taken stays, sealed, for whoever mends it.
        var wrong = faults.Select(f => f.Line).ToHashSet();
        int[] kept =
        [
            .. rows.Where(r => keepRejected && r.Cells.Length == ImportColumns.All.Length && wrong.Contains(r.Line)).Select(r => r.Line),
        ];
        await db.ForgetStaged(run.Job.Id, before.Line, outcome.Line, kept, ct);
        await run.Report(outcome.Rows, null, outcome, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    // As much as the list of errors holds, and no half of a character.
    private static string? Short(string? sourceId) =>
        sourceId is not { Length: > LongestShown } ? sourceId
        : char.IsHighSurrogate(sourceId[LongestShown - 1]) ? sourceId[..(LongestShown - 1)]
        : sourceId[..LongestShown];
}
