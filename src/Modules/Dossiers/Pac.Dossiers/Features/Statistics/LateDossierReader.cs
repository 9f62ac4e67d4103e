using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>
/// Finds the late dossiers of a period under any definition, and whose hands they were in. By instant they have an index; what another
/// definition judges is a few dossiers, which are looked at one by one.
/// </summary>
internal sealed class LateDossierReader(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
{
    /// <summary>How many there are.</summary>
    public async Task<long> Count(DateOnly from, DateOnly to, OnTimeRule rule, CancellationToken ct) =>
        rule == OnTimeRule.ByInstant ? await ByInstant(from, to).LongCountAsync(ct) : (await Judged(from, to, rule, ct)).Count;

    /// <summary>The next ones after a place in the list: by their end, what is open at the end of the period last.</summary>
    public async Task<List<LateDossier>> Read(
        (DateOnly From, DateOnly To) period,
        OnTimeRule rule,
        (DateTimeOffset At, Guid Id)? after,
        int most,
        CancellationToken ct
    )
    {
        var (from, to) = period;
        List<(Guid Id, DateTimeOffset At)> places;
        if (rule == OnTimeRule.ByInstant)
        {
            var rows = ByInstant(from, to);
            if (after is var (at, id))
            {
                var last = new DossierId(id);
                rows = rows.Where(d => d.SettledAt > at || d.SettledAt == at && d.Id > last);
            }
            places = (
                await rows.OrderBy(d => d.SettledAt).ThenBy(d => d.Id).Take(most).Select(d => new { d.Id, d.SettledAt }).ToListAsync(ct)
            ).ConvertAll(d => (d.Id.Value, d.SettledAt!.Value));
        }
        else
            places =
            [
                .. (await Judged(from, to, rule, ct))
                    .Where(p => after is not var (at, id) || p.At > at || p.At == at && p.Id.CompareTo(id) > 0)
                    .Take(most),
            ];
        return await Load(places, ct);
    }

    private IQueryable<Dossier> ByInstant(DateOnly from, DateOnly to)
    {
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        return db.Visible.Where(new SettledLate()).Where(d => d.SettledAt >= begin && d.SettledAt < end);
    }

    // Those that the figures count as late or overdue under the same definition.
    private async Task<List<(Guid Id, DateTimeOffset At)>> Judged(DateOnly from, DateOnly to, OnTimeRule rule, CancellationToken ct)
    {
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        var now = clock.GetUtcNow();
        var cutOff = now < end ? now : end;
        var query = new FigureQuery(from, to, [], new Dictionary<string, string>(), db.User.Scope);
        var calendars =
            rule == OnTimeRule.By766 ? await centres.Of(await db.CentresWithFigures(ct), ct) : new Dictionary<string, WorkingCalendar>();
        List<(Guid Id, DateTimeOffset At)> late = [];
        await foreach (var d in db.Doubtful(query, rule, (begin, end, cutOff)).WithCancellation(ct))
        {
            var promised = rule == OnTimeRule.By766 ? d.PromisedAt(calendars) : d.DueAt;
            if (d.SettledAt is { } settled && settled >= begin && settled < end)
            {
                if (Punctuality.Judge(rule, d, promised) == Timeliness.Late)
                    late.Add((d.Id, settled));
            }
            else if (rule == OnTimeRule.By766 && d.IsOpenAt(end) && Punctuality.By766(d, promised, cutOff) == Timeliness.Late)
                late.Add((d.Id, end));
        }
        return [.. late.OrderBy(l => l.At).ThenBy(l => l.Id)];
    }

    private async Task<List<LateDossier>> Load(List<(Guid Id, DateTimeOffset At)> places, CancellationToken ct)
    {
        var ids = places.ConvertAll(p => new DossierId(p.Id));
        var found = await db
            .Visible.Where(d => ids.Contains(d.Id))
            .Select(d => new
            {
                d.Id,
                d.Code,
                d.ProcedureCode,
                d.FieldCode,
                d.AgencyCode,
                d.CentreCode,
                d.ReceivedAt,
                d.DueAt,
                d.SettledAt,
                d.LateCause,
                d.Clock,
                d.Steps,
                d.Turns,
            })
            .ToDictionaryAsync(d => d.Id.Value, ct);
        var timed = found.Values.Where(d => d.Clock is not null).Select(d => d.CentreCode).Distinct().ToList();
        var calendars = timed.Count == 0 ? new Dictionary<string, WorkingCalendar>() : await centres.Of(timed, ct);
        var now = clock.GetUtcNow();
        return
        [
            .. places
                .Where(p => found.ContainsKey(p.Id))
                .Select(p =>
                {
                    var d = found[p.Id];
                    var calendar = d.Clock is { } c ? calendars.GetValueOrDefault(c.CalendarCode) : null;
                    // What was open when the period ended is looked at until then, as it is judged.
                    var end = p.At < now ? p.At : now;
                    IReadOnlyList<AgencyTurn> turns =
                        d.Turns.Count > 0 ? d.Turns : [new AgencyTurn(d.AgencyCode, d.ReceivedAt, d.SettledAt, null, null)];
                    return new LateDossier(
                        p.Id,
                        d.Code,
                        d.ProcedureCode,
                        d.FieldCode,
                        d.AgencyCode,
                        d.ReceivedAt,
                        d.DueAt,
                        d.SettledAt,
                        d.LateCause,
                        calendar is null ? [] : LateShares.OfSteps(d.Steps, d.Clock!, calendar, (d.CentreCode, d.AgencyCode), end),
                        calendar is null ? [] : LateShares.OfAgencies(turns, d.Clock!, calendar, end)
                    )
                    {
                        Place = p.At,
                    };
                }),
        ];
    }
}

/// <summary>Whose hands a dossier was in, and for how long.</summary>
internal static class LateShares
{
    /// <summary>Working time from hand-over to hand-over, until an end; while the clock stood still the applicant had it.</summary>
    public static List<TimeShare> OfSteps(
        IReadOnlyList<DossierStep> steps,
        DossierClock clock,
        WorkingCalendar calendar,
        (string Centre, string Agency) codes,
        DateTimeOffset end
    )
    {
        var pauses = clock.Segments.Where(s => !s.Counts()).Select(s => (s.From, To: s.To ?? end)).ToList();
        var awaited = TimeSpan.Zero;
        List<(string Body, TimeSpan Time, decimal Allotted)> held = [];
        foreach (var step in steps)
        {
            if (step.StartedAt is not { } from || from > end)
                continue;
            var to = step.CompletedAt is { } done && done < end ? done : end;
            var waited = TimeSpan.Zero;
            foreach (var pause in pauses)
            {
                var (begin, stop) = (pause.From > from ? pause.From : from, pause.To < to ? pause.To : to);
                if (begin < stop)
                    waited += calendar.WorkingTimeBetween(begin, stop);
            }
            awaited += waited;
            held.Add((step.Role, calendar.WorkingTimeBetween(from, to) - waited, step.AllottedHours));
        }
        if (awaited > TimeSpan.Zero)
            held.Add(("applicant", awaited, 0));
        var all = held.Sum(h => Minutes(h.Time));
        return
        [
            .. held.GroupBy(h => h.Body)
                .Select(g => new TimeShare(
                    g.Key,
                    g.Key switch
                    {
                        "applicant" => null,
                        "reception" => codes.Centre,
                        _ => codes.Agency,
                    },
                    Hours(g.Sum(h => Minutes(h.Time))),
                    g.Sum(h => h.Allotted),
                    Rate.Of(g.Sum(h => Minutes(h.Time)), all)
                )),
        ];
    }

    /// <summary>Working time in which the clock ran while each agency had it; who gave it on late is named.</summary>
    public static List<AgencyTime> OfAgencies(
        IReadOnlyList<AgencyTurn> turns,
        DossierClock clock,
        WorkingCalendar calendar,
        DateTimeOffset end
    )
    {
        var held = turns
            .Where(t => t.From <= end)
            .Select(t => t.To > end ? t with { To = null, Result = null } : t)
            .Select(t => (Turn: t, Minutes: Minutes(clock.CountedTime(calendar, t.From, t.To ?? end))))
            .ToList();
        var all = held.Sum(h => h.Minutes);
        return
        [
            .. held.Select(h => new AgencyTime(
                h.Turn.AgencyCode,
                Hours(h.Minutes),
                h.Turn.AllottedHours,
                h.Turn.DueAt,
                h.Turn.Result,
                Rate.Of(h.Minutes, all)
            )),
        ];
    }

    private static decimal Hours(long minutes) => decimal.Round(minutes / 60m, 2);

    private static long Minutes(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMinute;
}
