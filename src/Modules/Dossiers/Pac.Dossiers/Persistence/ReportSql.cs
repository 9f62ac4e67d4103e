using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

/// <summary>What was open at the end of a period, counted from the dossiers themselves and not from the summaries.</summary>
internal sealed record OpenAtEnd(string Key, long Open, long Overdue);

/// <summary>Late dossiers with the same cause.</summary>
internal sealed record CauseCount(string Key, string? Cause, string? Hash, long Count);

/// <summary>How long the dossiers of a procedure took together.</summary>
internal sealed record TimeTaken(string ProcedureCode, long Dossiers, TimeSpan Together);

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
            .GroupBy(d => new
            {
                Key = byAgency ? d.AgencyCode : d.FieldCode,
                d.LateCause,
                d.LateCauseHash,
            })
            .Select(g => new CauseCount(g.Key.Key, g.Key.LateCause, g.Key.LateCauseHash, g.LongCount()))
            .ToListAsync(ct);

    /// <summary>Counts what was not accepted at intake, from the dossiers themselves.</summary>
    public static Task<Dictionary<string, long>> RejectedAtIntake(
        this DossiersDbContext db,
        bool byAgency,
        DateTimeOffset begin,
        DateTimeOffset end,
        CancellationToken ct
    ) =>
        db
            .Visible.Where(d => d.OnlySubmitted && d.Outcome == Outcome.Rejection && d.SettledAt >= begin && d.SettledAt < end)
            .GroupBy(d => byAgency ? d.AgencyCode : d.FieldCode)
            .Select(g => new { g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    /// <summary>
    /// How long procedures took without the waits for the person: of what was received in a period and has its result (Decision 766/QD-TTg,
    /// index 2.2).
    /// </summary>
    public static async Task<List<TimeTaken>> TimesTaken(
        this DossiersDbContext db,
        DateTimeOffset begin,
        DateTimeOffset end,
        CancellationToken ct
    )
    {
        var sums = await Done(db.Visible)
            .GroupBy(d => d.ProcedureCode)
            .Select(g => new
            {
                g.Key,
                Count = g.LongCount(),
                Sum = EF.Functions.Sum(g.Select(d => d.SettledAt!.Value - d.ReceivedAt)),
            })
            .ToListAsync(ct);
        var paused = await Done(
                db.AllDossiers.FromSqlRaw($"SELECT * FROM dossiers.dossiers WHERE {PausedDossierIndex.Paused}")
                    .Where(new VisibleIn(db.User.Scope))
            )
            .Select(d => new
            {
                d.ProcedureCode,
                d.Clock,
                SettledAt = d.SettledAt!.Value,
            })
            .ToListAsync(ct);
        var waits = paused
            .GroupBy(d => d.ProcedureCode)
            .ToDictionary(g => g.Key, g => g.Aggregate(TimeSpan.Zero, (sum, d) => sum + (d.SettledAt - d.Clock!.IndexEnd(d.SettledAt))));
        return
        [
            .. sums.OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new TimeTaken(s.Key, s.Count, (s.Sum ?? TimeSpan.Zero) - waits.GetValueOrDefault(s.Key))),
        ];

        IQueryable<Dossier> Done(IQueryable<Dossier> dossiers) =>
            dossiers.Where(d =>
                !d.OnlySubmitted
                && d.ReceivedAt >= begin
                && d.ReceivedAt < end
                && d.SettledAt != null
                && (d.Status == DossierStatus.Completed || d.Status == DossierStatus.Returned)
            );
    }

    /// <summary>
    /// How many were received in a period, online and in all, and how many of them the national portal has taken. Where the result has to be
    /// electronic, one that has its result counts as online only with the file of it; of what was imported the files are not here.
    /// </summary>
    public static async Task<(long Received, long Online, long Synchronised)> PortalShare(
        this DossiersDbContext db,
        DateTimeOffset begin,
        DateTimeOffset end,
        CancellationToken ct
    )
    {
        var received = db.Visible.Where(d => !d.OnlySubmitted && d.ReceivedAt >= begin && d.ReceivedAt < end);
        var online = received.Where(d => d.Channel == Channel.Online);
        var without = db.OfVersions(db.WithElectronicResult(), online)
            .Where(d => d.Source == null && d.Outcome == Outcome.Result)
            .Where(d => !db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Kind == FileKind.Result));
        return (
            await received.LongCountAsync(ct),
            await online.LongCountAsync(ct) - await without.LongCountAsync(ct),
            await received.LongCountAsync(d => db.TakenByPortal.Any(m => m.DossierId == d.Id), ct)
        );
    }

    /// <summary>Names by dimension and code, as files show them.</summary>
    public static async Task<Dictionary<(string Dimension, string Code), string>> NamesByDimension(
        this DossiersDbContext db,
        CancellationToken ct
    )
    {
        var names = new Dictionary<(string, string), string>();
        foreach (var (code, name) in await db.Names(ofAgencies: true, ct))
            names[("agency", code)] = name;
        foreach (var (code, name) in await db.Names(ofAgencies: false, ct))
            names[("field", code)] = name;
        foreach (var p in await db.Procedures.Select(p => new { p.Code, p.Name }).ToListAsync(ct))
            names[("procedure", p.Code)] = p.Name;
        return names;
    }

    /// <summary>Names of fields or agencies by code.</summary>
    public static Task<Dictionary<string, string>> Names(this DossiersDbContext db, bool ofAgencies, CancellationToken ct) =>
        ofAgencies
            ? db.Agencies.ToDictionaryAsync(a => a.Code, a => a.Name, ct)
            : db.Fields.ToDictionaryAsync(f => f.Code, f => f.Name, ct);
}
