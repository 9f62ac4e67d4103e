using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

/// <summary>What was open at the end of a period, counted from the dossiers themselves and not from the summaries.</summary>
internal sealed record OpenAtEnd(string Key, long Open, long Overdue);

/// <summary>Late dossiers with the same cause.</summary>
internal sealed record CauseCount(string Key, string? Cause, long Count);

/// <summary>The reads behind the reports.</summary>
internal static class ReportSql
{
    /// <summary>Counts what was open at an instant, so that a report's identity compares two independent counts.</summary>
    public static Task<List<OpenAtEnd>> OpenAt(
        this DossiersDbContext db,
        bool byAgency,
        DateTimeOffset end,
        DateTimeOffset overdueBefore,
        CancellationToken ct
    ) =>
        db
            .Visible.Where(d => !d.OnlySubmitted && d.ReceivedAt < end && (d.SettledAt == null || d.SettledAt >= end))
            .GroupBy(d => byAgency ? d.AgencyCode : d.FieldCode)
            .Select(g => new OpenAtEnd(g.Key, g.LongCount(), g.LongCount(d => d.DueAt < overdueBefore)))
            .ToListAsync(ct);

    /// <summary>Causes of what was settled late, as they were stated.</summary>
    public static Task<List<CauseCount>> Causes(
        this DossiersDbContext db,
        bool byAgency,
        DateTimeOffset begin,
        DateTimeOffset end,
        CancellationToken ct
    ) =>
        db
            .Visible.Where(new SettledLate())
            .Where(d => d.SettledAt >= begin && d.SettledAt < end)
            .GroupBy(d => new { Key = byAgency ? d.AgencyCode : d.FieldCode, d.LateCause })
            .Select(g => new CauseCount(g.Key.Key, g.Key.LateCause, g.LongCount()))
            .ToListAsync(ct);

    /// <summary>Names of fields or agencies by code.</summary>
    public static Task<Dictionary<string, string>> Names(this DossiersDbContext db, bool ofAgencies, CancellationToken ct) =>
        ofAgencies
            ? db.Agencies.ToDictionaryAsync(a => a.Code, a => a.Name, ct)
            : db.Fields.ToDictionaryAsync(f => f.Code, f => f.Name, ct);
}
