using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ListLateDossiers(DateOnly From, DateOnly To, PageRequest Page) : IQuery<Page<LateDossier>>;

/// <summary>A dossier that was settled after its due instant.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="FieldCode">The field.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="DueAt">When the result was promised.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="LateCause">Why it was late, as stated.</param>
/// <param name="Shares">Whose hands it was in and for how long, in the order of the steps; empty where the hand-overs were not recorded.</param>
internal sealed record LateDossier(
    Guid Id,
    string Code,
    string ProcedureCode,
    string FieldCode,
    string AgencyCode,
    DateTimeOffset ReceivedAt,
    DateTimeOffset DueAt,
    DateTimeOffset SettledAt,
    string? LateCause,
    IReadOnlyList<TimeShare> Shares
);

/// <summary>The time that one body had a dossier.</summary>
/// <param name="Body">Role of the step, or <c>applicant</c> while something was awaited from the person.</param>
/// <param name="BodyCode">Code of the centre for the reception, of the competent agency for all other roles; left out for the applicant.</param>
/// <param name="Hours">Working hours it had the dossier.</param>
/// <param name="Allotted">Working hours it was allotted.</param>
/// <param name="Share">Its minutes, of all minutes.</param>
internal sealed record TimeShare(string Body, string? BodyCode, decimal Hours, decimal Allotted, Rate Share);

internal sealed class ListLateDossiersHandler(DossiersDbContext db, CentreCalendars centres)
    : IRequestHandler<ListLateDossiers, Page<LateDossier>>
{
    public async Task<Page<LateDossier>> Handle(ListLateDossiers request, CancellationToken ct)
    {
        Period.Check(request.From, request.To);
        var size = request.Page.Size();
        var begin = request.From.StartInstant().ToUniversalTime();
        var end = request.To.AddDays(1).StartInstant().ToUniversalTime();
        var rows = db.Visible.Where(new SettledLate()).Where(d => d.SettledAt >= begin && d.SettledAt < end);
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadInstantAndId(request.Page.Cursor) is var (at, id))
        {
            var after = new DossierId(id);
            rows = rows.Where(d => d.SettledAt > at || d.SettledAt == at && d.Id > after);
        }
        var page = await rows.OrderBy(d => d.SettledAt)
            .ThenBy(d => d.Id)
            .Take(size + 1)
            .Select(d => new
            {
                d.Id,
                d.Code,
                d.ProcedureCode,
                d.FieldCode,
                d.AgencyCode,
                d.CentreCode,
                d.ReceivedAt,
                DueAt = d.DueAt!.Value,
                SettledAt = d.SettledAt!.Value,
                d.LateCause,
                d.Clock,
                d.Steps,
            })
            .ToListAsync(ct);
        var timed = page.Where(d => d.Clock is not null).Select(d => d.CentreCode).Distinct().ToList();
        var calendars = timed.Count == 0 ? new Dictionary<string, WorkingCalendar>() : await centres.Of(timed, ct);
        return Page<LateDossier>.Of(
            [
                .. page.Select(d => new LateDossier(
                    d.Id.Value,
                    d.Code,
                    d.ProcedureCode,
                    d.FieldCode,
                    d.AgencyCode,
                    d.ReceivedAt,
                    d.DueAt,
                    d.SettledAt,
                    d.LateCause,
                    d.Clock is { } clock && calendars.TryGetValue(clock.CalendarCode, out var calendar)
                        ? Shares(d.Steps, clock, calendar, d.CentreCode, d.AgencyCode)
                        : []
                )),
            ],
            size,
            d => [d.SettledAt, d.Id],
            total
        );
    }

    // Working time from hand-over to hand-over; while the clock stood still the applicant had it.
    private static List<TimeShare> Shares(
        IReadOnlyList<DossierStep> steps,
        DossierClock clock,
        WorkingCalendar calendar,
        string centreCode,
        string agencyCode
    )
    {
        var pauses = clock.Segments.Where(s => s is { To: not null } && !s.Counts()).ToList();
        var awaited = TimeSpan.Zero;
        List<(string Body, TimeSpan Time, decimal Allotted)> held = [];
        foreach (var step in steps)
        {
            if (step is not { StartedAt: { } from, CompletedAt: { } to })
                continue;
            var waited = TimeSpan.Zero;
            foreach (var pause in pauses)
            {
                var (begin, end) = (pause.From > from ? pause.From : from, pause.To < to ? pause.To.Value : to);
                if (begin < end)
                    waited += calendar.WorkingTimeBetween(begin, end);
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
                        "reception" => centreCode,
                        _ => agencyCode,
                    },
                    decimal.Round(g.Sum(h => Minutes(h.Time)) / 60m, 2),
                    g.Sum(h => h.Allotted),
                    Rate.Of(g.Sum(h => Minutes(h.Time)), all)
                )),
        ];
    }

    private static long Minutes(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMinute;
}

internal sealed class ListLateDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/late-dossiers", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>List the late dossiers</summary>
    /// <remarks>Names every dossier that was settled late in the period, with its cause and the share of the time that each body had it, in the order of settlement.</remarks>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    private static async Task<PageAnswer<LateDossier>> Handle(
        DateOnly from,
        DateOnly to,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListLateDossiers(from, to, page), ct));
}
