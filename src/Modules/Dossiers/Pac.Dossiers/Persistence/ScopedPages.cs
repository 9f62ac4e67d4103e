using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Ordered pages of what a caller may see. The parts of a data scope are appended, not joined by OR: each is then read in order out of an index of its
/// own and only as far as the page goes; of an OR, everything that fits would be read and sorted, for a clerk more than for a leader.
/// </summary>
internal static class ScopedPages
{
    /// <summary>
    /// What <see cref="DossiersDbContext.Visible"/> gives, for pages in an order. Where a dossier is returned, or who has it in hand, is only written down
    /// when it is another one, so the parts share none.
    /// </summary>
    public static IQueryable<Dossier> VisibleInOrder(this DossiersDbContext db) => db.InOrder(db.User.Scope);

    /// <summary>What somebody with a data scope sees, for pages in an order.</summary>
    public static IQueryable<Dossier> InOrder(this DossiersDbContext db, DataScope scope)
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Centre => db
                .AllDossiers.Select(d => new { Sees = d.CentreCode, Dossier = d })
                .Concat(db.AllDossiers.Select(d => new { Sees = d.ReturnCentreCode!, Dossier = d }))
                .Where(d => d.Sees == code)
                .Select(d => d.Dossier),
            DataScopeKind.Agency => db
                .AllDossiers.Select(d => new { Sees = d.AgencyCode, Dossier = d })
                .Concat(db.AllDossiers.Select(d => new { Sees = d.HandlingAgencyCode!, Dossier = d }))
                .Where(d => d.Sees == code)
                .Select(d => d.Dossier),
            _ => db.AllDossiers.Where(new VisibleIn(scope)),
        };
    }

    /// <summary>Newest first.</summary>
    public static IQueryable<Dossier> Newest(this IQueryable<Dossier> dossiers, int rows) =>
        dossiers.OrderByDescending(d => d.ReceivedAt).ThenByDescending(d => d.Id).First(rows);

    /// <summary>Most urgent first.</summary>
    public static IQueryable<Dossier> MostUrgent(this IQueryable<Dossier> dossiers, int rows) =>
        dossiers.OrderBy(d => d.DueAt).ThenBy(d => d.Id).First(rows);

    // Take would send the number of rows as a parameter; not knowing it, PostgreSQL plans the statement anew at every call, which costs more than to run it.
    private static IQueryable<Dossier> First(this IQueryable<Dossier> dossiers, int rows)
    {
        var literal = Expression.Call(typeof(EF), nameof(EF.Constant), [typeof(int)], Expression.Constant(rows));
        var taken = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(Dossier)], dossiers.Expression, literal);
        return dossiers.Provider.CreateQuery<Dossier>(taken);
    }
}
