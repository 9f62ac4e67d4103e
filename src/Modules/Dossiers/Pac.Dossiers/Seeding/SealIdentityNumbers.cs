using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>
/// Seals what a version before this one wrote in plain. It runs with every migration and finds nothing once all is sealed; a host of the
/// earlier version may write beside it, and what that one wrote is sealed by the next run.
/// </summary>
internal sealed class SealIdentityNumbers(DossiersDbContext db, IIdentityNumbers numbers) : ISeed
{
    private const int BatchSize = 1_000;

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        while (await db.SealBatch(numbers, BatchSize, ct) == BatchSize) { }
    }
}
