using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

internal sealed class CounterAnswers(DossiersDbContext db) : ICounterAnswers
{
    public async Task<IReadOnlyList<CounterAnswer>> All(AskedAtCounter asked, CancellationToken ct) =>
        await db.CounterAnswers.AsNoTracking().Where(asked).ToListAsync(ct);
}
