using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Indices 1.3 and 3.6 of Decision 766/QD-TTg: of the procedures in force on the last day those with all their parts, and of the dossiers received
/// in the period that have something to pay those that paid online.
/// </summary>
internal sealed class CompletePaidIndexSource(DossiersDbContext db) : IQualityIndexSource
{
    public async Task<IReadOnlyDictionary<string, (long Numerator, long Denominator)>> Shares(
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var shares = new Dictionary<string, (long, long)>();
        var (inForce, complete) = (0, 0);
        await foreach (var procedure in db.Procedures.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            if (procedure.InForceOn(to) is not { } version)
                continue;
            inForce++;
            complete += version.Content.MissingParts().Count == 0 ? 1 : 0;
        }
        if (inForce > 0)
            shares["1.3"] = (complete, inForce);

        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        var withFee = db
            .AllDossiers.FromSqlRaw(MoneySql.HavingFee)
            .Where(new VisibleIn(db.User.Scope))
            .Where(d => !d.OnlySubmitted && d.ReceivedAt >= begin && d.ReceivedAt < end);
        if (await withFee.LongCountAsync(ct) is > 0 and var all)
        {
            var paid = db.AllDossiers.FromSqlRaw(MoneySql.BeingPaidOnline);
            shares["3.6"] = (await withFee.LongCountAsync(d => paid.Any(p => p.Id == d.Id), ct), all);
        }
        return shares;
    }
}
