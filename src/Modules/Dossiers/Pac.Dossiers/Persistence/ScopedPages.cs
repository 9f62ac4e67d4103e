using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Ordered pages of what a caller may see. Every part of the data scope is read in order out of an index of its own, and as far as the page goes;
/// joined by OR instead, everything that fits would be read and sorted, for a clerk more than for a leader.
/// </summary>
internal static class ScopedPages
{
    /// <summary>The first rows over all parts of the scope, in one statement.</summary>
    /// <param name="db">Knows the caller.</param>
    /// <param name="within">Filters and orders one part.</param>
    /// <param name="ordered">Orders the parts together, in the same order.</param>
    /// <param name="rows">How many rows are wanted.</param>
    public static IQueryable<Dossier> Page(
        this DossiersDbContext db,
        Func<IQueryable<Dossier>, IQueryable<Dossier>> within,
        Func<IQueryable<Dossier>, IQueryable<Dossier>> ordered,
        int rows
    )
    {
        List<IQueryable<Dossier>> parts = [.. db.VisibleParts.Select(p => ordered(within(p)).Take(rows))];
        return parts switch
        {
            [] => db.AllDossiers.Where(d => false),
            [var one] => one,
            _ => ordered(parts.Aggregate(Queryable.Concat)).Take(rows),
        };
    }

    /// <summary>Newest first.</summary>
    public static IQueryable<Dossier> Newest(IQueryable<Dossier> dossiers) =>
        dossiers.OrderByDescending(d => d.ReceivedAt).ThenByDescending(d => d.Id);

    /// <summary>Most urgent first.</summary>
    public static IQueryable<Dossier> MostUrgent(IQueryable<Dossier> dossiers) => dossiers.OrderBy(d => d.DueAt).ThenBy(d => d.Id);
}
