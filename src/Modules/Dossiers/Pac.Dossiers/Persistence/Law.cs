using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class Law(DossiersDbContext db) : ILaw
{
    // A handful of rows: all that were ever in force until the day, of which the newest of each counts.
    private static readonly Func<DossiersDbContext, DateOnly, IAsyncEnumerable<LegalTerm>> Until = EF.CompileAsyncQuery(
        (DossiersDbContext c, DateOnly day) => c.LegalTerms.AsNoTracking().Where(t => t.EffectiveFrom <= day)
    );

    public async Task<LawInForce> On(DateOnly day, CancellationToken ct)
    {
        List<LegalTerm> terms = [];
        await foreach (var term in Until(db, day).WithCancellation(ct))
            terms.Add(term);
        return new(terms);
    }
}
