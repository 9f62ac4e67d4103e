using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

/// <summary>The read behind every view of one dossier, compiled once.</summary>
internal static class DossierQueries
{
    private static readonly Func<DossiersDbContext, DossierId, Task<Dossier?>> ById = EF.CompileAsyncQuery(
        (DossiersDbContext db, DossierId id) => db.AllDossiers.AsNoTracking().FirstOrDefault(d => d.Id == id)
    );

    /// <summary>One dossier, if the caller may see it: loaded by key, then judged by the rule that filters the lists.</summary>
    public static async Task<Dossier?> FindVisible(this DossiersDbContext db, DossierId id)
    {
        var dossier = await ById(db, id);
        return dossier is not null && Sees(db, dossier) ? dossier : null;
    }

    private static bool Sees(DossiersDbContext db, Dossier d) =>
        VisibleIn.Covers(db.User.Scope, d.CentreCode, d.AgencyCode, d.ReturnCentreCode, d.HandlingAgencyCode);
}
