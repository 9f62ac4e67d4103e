using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierHold(DossiersDbContext db) : IDossierHold
{
    public async Task Hold(IReadOnlyList<DossierId> ids, CancellationToken ct)
    {
        await db.Begin(ct);
        Guid[] keys = [.. ids.Select(i => i.Value)];
        // In the order of the key, so that two who hold the same ones never wait for each other for ever.
        await db.Database.ExecuteSqlAsync($"SELECT id FROM dossiers.dossiers WHERE id = ANY({keys}) ORDER BY id FOR NO KEY UPDATE", ct);
    }
}
