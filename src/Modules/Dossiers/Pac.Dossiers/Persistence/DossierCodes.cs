using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>Dossiers by any of their codes: the one of the receipt, and the one of the national portal.</summary>
internal static class DossierCodes
{
    /// <summary>
    /// Those with a code. The parts are appended, not joined by OR: each is one look into an index of its own, whatever filters come with it.
    /// </summary>
    public static IQueryable<Dossier> WithCode(this IQueryable<Dossier> dossiers, string code) =>
        dossiers.Where(d => d.Code == code).Concat(dossiers.Where(d => d.PortalCode == code && d.Code != code));

    /// <summary>The one that is meant by a code: an own code goes before one of the portal.</summary>
    public static Task<Dossier?> FindByCode(this IQueryable<Dossier> dossiers, string code, CancellationToken ct) =>
        dossiers.WithCode(code).OrderBy(d => d.Code != code).FirstOrDefaultAsync(ct);

    /// <summary>A code and the other ones of the same dossier, for what notes codes beside a dossier.</summary>
    public static async Task<List<string>> CodesOf(this DossiersDbContext db, string code, CancellationToken ct)
    {
        var known = await db.AllDossiers.WithCode(code).Select(d => new { d.Code, d.PortalCode }).ToListAsync(ct);
        return [.. known.SelectMany(k => new[] { k.Code, k.PortalCode }).OfType<string>().Append(code).Distinct()];
    }
}
