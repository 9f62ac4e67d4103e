using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>Receipt numbers to try things out with. Real ones are those that a centre notified to the tax authority; it registers them itself.</summary>
internal sealed class SeedReceiptSeries(DossiersDbContext db, TimeProvider clock) : ISeed
{
    private static readonly DateOnly From = new(2025, 7, 1);

    public bool SandboxOnly => true;

    public async Task Run(CancellationToken ct)
    {
        if (await db.Set<ReceiptSeries>().AnyAsync(ct))
            return;
        foreach (var (centre, sign) in new[] { ("dak-lak", "DL"), ("66-22015", "TH") })
        foreach (var (kind, form) in new[] { (FeeKind.Fee, "01BLP"), (FeeKind.Charge, "02BLP") })
            db.Add(ReceiptSeries.Register(new(centre, kind, form, "SB-26" + sign, 1, 999_999, From, null, null, null), clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }
}
