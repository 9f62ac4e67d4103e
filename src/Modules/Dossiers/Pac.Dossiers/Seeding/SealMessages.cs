using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>Seals the messages of other systems that a version before this one kept in plain; it finds nothing once all are sealed.</summary>
internal sealed class SealMessages(DossiersDbContext db, IMessageSeals seals) : ISeed
{
    private const int BatchSize = 500;

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        while (await db.SealMessages(seals, BatchSize, ct) == BatchSize) { }
    }
}
