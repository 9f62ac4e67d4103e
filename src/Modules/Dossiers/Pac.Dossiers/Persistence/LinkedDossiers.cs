using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class LinkedDossiers(DossiersDbContext db) : ILinkedDossiers
{
    public async Task<IReadOnlyList<Dossier>> LedBy(IReadOnlyList<DossierId> leaders, CancellationToken ct)
    {
        DossierId?[] ids = [.. leaders];
        return await db.AllDossiers.Where(d => ids.Contains(d.ParentId)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<DossierId>> GroupOf(DossierId dossier, CancellationToken ct)
    {
        DossierId? leading = await db.AllDossiers.Where(d => d.Id == dossier).Select(d => d.ParentId ?? d.Id).SingleAsync(ct);
        var followers = await db.AllDossiers.Where(d => d.ParentId == leading).Select(d => d.Id).ToListAsync(ct);
        return [leading.Value, .. followers];
    }
}
