using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

internal sealed class CounterAnswers(DossiersDbContext db) : ICounterAnswers
{
    private const int PersonLock = 0x5041_4341;

    public async Task<IReadOnlyList<CounterAnswer>> All(AskedAtCounter asked, CancellationToken ct)
    {
        await db.Begin(ct);
        var person = BitConverter.ToInt32(asked.Person);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PersonLock}, {person})", ct);
        return await db.CounterAnswers.AsNoTracking().Where(asked).ToListAsync(ct);
    }
}
