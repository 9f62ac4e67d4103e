using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class Catalogue(DossiersDbContext db) : ICatalogue
{
    private static readonly Func<DossiersDbContext, string, Task<Procedure?>> ByCode = EF.CompileAsyncQuery(
        (DossiersDbContext c, string code) => c.Procedures.AsNoTracking().FirstOrDefault(p => p.Code == code)
    );

    private static readonly Func<DossiersDbContext, string, Task<AgencyLevel?>> Level = EF.CompileAsyncQuery(
        (DossiersDbContext c, string code) => c.Agencies.Where(a => a.Code == code).Select(a => (AgencyLevel?)a.Level).FirstOrDefault()
    );

    public Task<Procedure?> Find(string procedureCode, CancellationToken ct) => ByCode(db, procedureCode);

    public Task<AgencyLevel?> LevelOf(string agencyCode, CancellationToken ct) => Level(db, agencyCode);

    public Task<bool> HasField(string fieldCode, CancellationToken ct) => db.Fields.AnyAsync(f => f.Code == fieldCode, ct);
}
