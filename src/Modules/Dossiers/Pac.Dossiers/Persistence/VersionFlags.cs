using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The dossiers whose version of the procedure says something of their result.</summary>
internal static class VersionFlags
{
    /// <summary>Versions that need not end with a document (bắt buộc có kết quả: không).</summary>
    public static IQueryable<ProcedureVersion> WithoutResult(this DossiersDbContext db) =>
        db.ProcedureVersions.FromSqlRaw(
            "SELECT * FROM dossiers.procedure_versions WHERE content -> 'flags' ->> 'resultMandatory' = 'false'"
        );

    /// <summary>Versions whose result needs a file (bắt buộc có kết quả điện tử).</summary>
    public static IQueryable<ProcedureVersion> WithElectronicResult(this DossiersDbContext db) =>
        db.ProcedureVersions.FromSqlRaw(
            "SELECT * FROM dossiers.procedure_versions WHERE content -> 'flags' ->> 'electronicResult' = 'true'"
        );

    /// <summary>Those of certain versions.</summary>
    public static IQueryable<Dossier> OfVersions(
        this DossiersDbContext db,
        IQueryable<ProcedureVersion> versions,
        IQueryable<Dossier> dossiers
    ) =>
        dossiers.Where(d =>
            db.Procedures.Any(p => p.Code == d.ProcedureCode && versions.Any(v => v.ProcedureId == p.Id && v.Number == d.ProcedureVersion))
        );
}
