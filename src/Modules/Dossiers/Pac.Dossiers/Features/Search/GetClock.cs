using System.Xml;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record GetClock(Guid Id) : IQuery<DossierTime>;

/// <summary>The time of a dossier: what was promised, what is due, and who used how much.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="PromisedAt">What the receipt promises.</param>
/// <param name="DueAt">What is due now; left out while the clock stands still, and when nothing is promised.</param>
/// <param name="IntakeDueAt">Until when the person has to be told whether it is accepted.</param>
/// <param name="ArrivedAt">When an online submission stood before the officers.</param>
/// <param name="DisplayDueAt">Until when it had to.</param>
/// <param name="HandOutDueAt">Until when the result has to be handed out, where the law of the field says so.</param>
/// <param name="CorrectionReturnDueAt">Until when the agency has, or had, to return what it finds not eligible; left out once it went on.</param>
/// <param name="CorrectionTellDueAt">Until when the one-stop section has to tell the person what the agency found missing.</param>
/// <param name="CorrectionToldAt">When the person was told.</param>
/// <param name="StandsStill">Whether the clock stands still.</param>
/// <param name="Clock">The clock as facts.</param>
/// <param name="NetProcessingTime">Time since reception without the waits for the person, as an ISO 8601 duration (Decision 766/QD-TTg, index 2.2).</param>
/// <param name="WorkingTime">Working time in which the clock ran, as an ISO 8601 duration.</param>
/// <param name="IndexEndAt">The end that the quality index judges: waits for the person are taken off (index 2.1).</param>
/// <param name="OnTimeByIndex">Whether it is on time by the quality index, as the figures judge it.</param>
/// <param name="Shares">What each agency used.</param>
internal sealed record DossierTime(
    Guid DossierId,
    DateTimeOffset? PromisedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? IntakeDueAt,
    DateTimeOffset? ArrivedAt,
    DateTimeOffset? DisplayDueAt,
    DateTimeOffset? HandOutDueAt,
    DateTimeOffset? CorrectionReturnDueAt,
    DateTimeOffset? CorrectionTellDueAt,
    DateTimeOffset? CorrectionToldAt,
    bool StandsStill,
    ClockView? Clock,
    string? NetProcessingTime,
    string? WorkingTime,
    DateTimeOffset? IndexEndAt,
    bool OnTimeByIndex,
    IReadOnlyList<AgencyShare> Shares
);

/// <summary>A stretch in which one agency had the dossier in hand.</summary>
/// <param name="AgencyCode">The agency.</param>
/// <param name="From">When it took over.</param>
/// <param name="To">When it handed over; left out while it has it.</param>
/// <param name="AllottedHours">Its share of the time, in working hours; left out when none was set.</param>
/// <param name="UsedHours">Working hours in which the clock ran meanwhile.</param>
/// <param name="DueAt">When its share is used up.</param>
/// <param name="Result">How its hand-over lies to its share.</param>
/// <param name="Reason">Why it was handed over.</param>
internal sealed record AgencyShare(
    string AgencyCode,
    DateTimeOffset From,
    DateTimeOffset? To,
    decimal? AllottedHours,
    decimal UsedHours,
    DateTimeOffset? DueAt,
    Timeliness? Result,
    string? Reason
);

internal sealed class GetClockHandler(DossiersDbContext db, CentreCalendars centres, ILaw laws, TimeProvider time)
    : IRequestHandler<GetClock, DossierTime>
{
    public async Task<DossierTime> Handle(GetClock request, CancellationToken ct)
    {
        var d = await db.FindVisible(new(request.Id)) ?? throw new NotFoundException("dossier");
        var now = time.GetUtcNow();
        var end = d.SettledAt ?? now;
        var law = await laws.On(now.LocalDay(), ct);
        var calendar = (await centres.Get(d, 0, ct)).Calendar;
        // Judged as the figures do, by what the calendar of the centre says now.
        var facts = await db.FactsOf(d.Id, ct);
        var promised = facts.PromisedAt(await centres.Of([d.CentreCode], ct));
        return new(
            request.Id,
            d.PromisedAt,
            d.DueAt,
            d.Intake?.DueAt,
            d.ArrivedAt,
            d.DisplayDueAt(law, calendar),
            d.HandOutDueAt(law, calendar),
            d.Correction?.ReturnDueAt ?? d.CheckDueAt,
            d.Correction?.Tell.DueAt,
            d.Correction?.ToldAt,
            d.Clock?.Standing() is not null,
            ClockView.Of(d.Clock),
            Written(d.Clock?.NetProcessingTime(end)),
            Written(d.Clock?.CountedTime(calendar, d.ReceivedAt, end)),
            d.Clock?.IndexEnd(end),
            Punctuality.By766(facts, promised, end) != Timeliness.Late,
            [
                .. d.Turns.Select(t => new AgencyShare(
                    t.AgencyCode,
                    t.From,
                    t.To,
                    t.AllottedHours,
                    d.Clock is null ? 0 : Hours(d.Clock.CountedTime(calendar, t.From, t.To ?? end)),
                    t.DueAt,
                    t.Result,
                    t.Reason
                )),
            ]
        );
    }

    private static string? Written(TimeSpan? length) => length is { } l ? XmlConvert.ToString(l) : null;

    private static decimal Hours(TimeSpan length) => decimal.Round(length.Ticks / (decimal)TimeSpan.TicksPerHour, 2);
}

internal sealed class GetClockEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/clock", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read the clock of a dossier</summary>
    /// <remarks>Gives what was promised and what is due, when time counted, the net time by the quality index, and what each agency used.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierTime>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetClock(id), ct));
}
