using Pac.Dossiers.Domain.Figures;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Indices 1.4 and 3.3 of Decision 766/QD-TTg: the share of dossiers that the national portal has taken, and the share online, times that one.
/// Without any that it has taken there is no rate of synchronisation, and no figure.
/// </summary>
internal sealed class PortalIndexSource(DossiersDbContext db) : IQualityIndexSource
{
    public async Task<IReadOnlyDictionary<string, (long Numerator, long Denominator)>> Shares(
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var (received, online, synchronised) = await db.PortalShare(
            from.StartInstant().ToUniversalTime(),
            to.AddDays(1).StartInstant().ToUniversalTime(),
            ct
        );
        return synchronised == 0
            ? new Dictionary<string, (long, long)>()
            : new Dictionary<string, (long, long)>
            {
                ["1.4"] = (synchronised, received),
                ["3.3"] = (online * synchronised, received * received),
            };
    }
}
