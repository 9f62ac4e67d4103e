using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Security;

namespace Pac.Dossiers.Persistence;

/// <summary>What came on a day in a field.</summary>
internal sealed record FieldDay(string FieldCode, DateOnly Day, string CentreCode, long Received);

/// <summary>The read behind the forecast: days of the summaries, never dossiers.</summary>
internal static class ForecastSql
{
    public static Task<List<FieldDay>> ReceivedByDay(
        this DossiersDbContext db,
        string? field,
        string? centre,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var scope = db.User.Scope;
        var rows = db.Summaries.Where(s => s.Grain == "d" && s.Period >= from && s.Period <= to && s.Received != 0);
        rows = scope.Kind switch
        {
            DataScopeKind.Province => rows,
            DataScopeKind.Centre => rows.Where(s => s.CentreCode == scope.Code),
            DataScopeKind.Agency => rows.Where(s => s.AgencyCode == scope.Code),
            _ => rows.Where(s => false),
        };
        if (field is not null)
            rows = rows.Where(s => s.FieldCode == field);
        if (centre is not null)
            rows = rows.Where(s => s.CentreCode == centre);
        return rows.GroupBy(s => new
            {
                s.FieldCode,
                s.Period,
                s.CentreCode,
            })
            .Select(g => new FieldDay(g.Key.FieldCode, g.Key.Period, g.Key.CentreCode, g.Sum(s => (long)s.Received)))
            .ToListAsync(ct);
    }
}
