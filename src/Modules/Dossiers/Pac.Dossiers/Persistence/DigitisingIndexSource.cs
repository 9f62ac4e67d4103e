using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Indices 4.1 to 4.4 of Decision 766/QD-TTg, of the dossiers settled with a result in the period: those with its file (of those whose procedure
/// has to give one), those whose components are digitised as well, those with a component that is used again, and those with one taken from a shared store. Whose papers all came
/// electronically or need no scan (Circular 03/2025/TT-VPCP, art. 5(2)), has nothing left to digitise. Of what was imported the files are not here.
/// </summary>
internal sealed class DigitisingIndexSource(DossiersDbContext db) : IQualityIndexSource
{
    // What Digitisation.IsNothingToScan says: no component was handed in on paper and has to be scanned.
    private const string NothingToScan = """
        channel = 'Online' OR NOT EXISTS (SELECT FROM jsonb_array_elements(components) AS c WHERE c ->> 'kind' <> 'electronic' AND c ->> 'noScan' IS NULL)
        """;

    public async Task<IReadOnlyDictionary<string, (long Numerator, long Denominator)>> Shares(
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        var settled = Settled(db.Visible);
        var all = await settled.LongCountAsync(ct);
        if (all == 0)
            return new Dictionary<string, (long, long)>();
        var withResult = WithResult(settled);
        var unscanned = WithResult(
            Settled(db.AllDossiers.FromSqlRaw($"SELECT * FROM dossiers.dossiers WHERE {NothingToScan}").Where(new VisibleIn(db.User.Scope)))
        );
        var digitised =
            await withResult.LongCountAsync(
                d => db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Kind != FileKind.Result),
                ct
            )
            + await unscanned.LongCountAsync(
                d => !db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Kind != FileKind.Result),
                ct
            );
        var optional = db.OfVersions(db.WithoutResult(), settled);
        var shares = new Dictionary<string, (long, long)>
        {
            ["4.2"] = (digitised, all),
            ["4.3"] = (await From(FileOrigin.Reused), all),
            ["4.4"] = (await From(FileOrigin.SharedStore), all),
        };
        if (all - await optional.LongCountAsync(ct) is > 0 and var mandatory)
            shares["4.1"] = (await withResult.LongCountAsync(ct) - await WithResult(optional).LongCountAsync(ct), mandatory);
        return shares;

        IQueryable<Dossier> Settled(IQueryable<Dossier> dossiers) =>
            dossiers.Where(d => d.Source == null && d.Outcome == Outcome.Result && d.SettledAt >= begin && d.SettledAt < end);

        IQueryable<Dossier> WithResult(IQueryable<Dossier> dossiers) =>
            dossiers.Where(d => db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Kind == FileKind.Result));

        Task<long> From(FileOrigin origin) =>
            settled.LongCountAsync(d => db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Origin == origin), ct);
    }
}
