using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain.Fees;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// What of receipts, tills and the money book a caller may see: a centre its own books, an agency what was paid for its dossiers, a cashier
/// the own tills. Everything that reads them for a caller begins here.
/// </summary>
internal static class FeeReach
{
    public static IQueryable<ReceiptSeries> VisibleSeries(this DossiersDbContext db)
    {
        var (kind, code) = (db.User.Scope.Kind, db.User.Scope.Code);
        return db.Set<ReceiptSeries>().Where(s => kind == DataScopeKind.Province || kind == DataScopeKind.Centre && s.CentreCode == code);
    }

    public static IQueryable<FeeReceipt> VisibleReceipts(this DossiersDbContext db)
    {
        var (kind, code) = (db.User.Scope.Kind, db.User.Scope.Code);
        return kind switch
        {
            DataScopeKind.Province => db.Set<FeeReceipt>(),
            DataScopeKind.Centre => db.Set<FeeReceipt>().Where(r => r.CentreCode == code),
            DataScopeKind.Agency => db.Set<FeeReceipt>().Where(r => r.AgencyCode == code),
            _ => db.Set<FeeReceipt>().Where(r => false),
        };
    }

    public static IQueryable<Till> VisibleTills(this DossiersDbContext db)
    {
        var (kind, code) = (db.User.Scope.Kind, db.User.Scope.Code);
        return kind switch
        {
            DataScopeKind.Province => db.Set<Till>(),
            DataScopeKind.Centre => db.Set<Till>().Where(t => t.CentreCode == code),
            DataScopeKind.Own => db.Set<Till>().Where(t => t.Cashier == code),
            _ => db.Set<Till>().Where(t => false),
        };
    }

    public static IQueryable<MoneyEntry> VisibleMoney(this DossiersDbContext db)
    {
        var (kind, code) = (db.User.Scope.Kind, db.User.Scope.Code);
        return kind switch
        {
            DataScopeKind.Province => db.Set<MoneyEntry>().AsNoTracking(),
            DataScopeKind.Centre => db.Set<MoneyEntry>().AsNoTracking().Where(e => e.CentreCode == code),
            DataScopeKind.Agency => db.Set<MoneyEntry>().AsNoTracking().Where(e => e.AgencyCode == code),
            _ => db.Set<MoneyEntry>().AsNoTracking().Where(e => false),
        };
    }

    /// <summary>The orders at the gateway of the dossiers that the caller may see.</summary>
    public static IQueryable<OnlinePayment> VisibleOnlinePayments(this DossiersDbContext db) =>
        db.Set<OnlinePayment>().Where(o => db.Visible.Any(d => d.Id == o.DossierId));
}
