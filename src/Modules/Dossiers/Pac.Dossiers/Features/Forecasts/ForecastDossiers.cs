using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Forecasting;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Forecasts;

/// <summary>Which forecast is wanted.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, at most 184 days after the first.</param>
/// <param name="Field">Only procedures of this field; every field that had dossiers when left out.</param>
/// <param name="CentreCode">Only this centre.</param>
internal sealed record ForecastFilter(
    [property: FromQuery(Name = "from")] DateOnly From,
    [property: FromQuery(Name = "to")] DateOnly To,
    [property: FromQuery(Name = "field")] string? Field = null,
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null
);

internal sealed record ForecastDossiers(ForecastFilter Filter) : IQuery<DossierForecast>;

/// <summary>Dossiers to come (dự báo hồ sơ), by field and day, with the error that the forecast would have had.</summary>
/// <param name="Method">How it is made. Each field has the way that did clearly best in the six weeks before; in the back-test, before each tested week.</param>
/// <param name="LearnedTo">Last day that was learned from.</param>
/// <param name="CalendarCode">The calendar that says which days are open; left out where nothing was counted yet.</param>
/// <param name="CalendarVersion">Its version.</param>
/// <param name="AsOf">When the counts were read.</param>
/// <param name="Fields">By field.</param>
internal sealed record DossierForecast(
    string Method,
    DateOnly LearnedTo,
    string? CalendarCode,
    int? CalendarVersion,
    DateTimeOffset AsOf,
    IReadOnlyList<FieldForecast> Fields
);

/// <summary>The forecast of a field.</summary>
/// <param name="FieldCode">The field.</param>
/// <param name="WeeksOfLevel">Over how many of the last weeks its level is taken.</param>
/// <param name="Season">Whether its months have an effect of their own.</param>
/// <param name="BackTest">How it would have done in the last weeks, beside naive forecasts.</param>
/// <param name="Days">Day by day.</param>
internal sealed record FieldForecast(
    string FieldCode,
    int WeeksOfLevel,
    bool Season,
    ForecastBackTest BackTest,
    IReadOnlyList<ForecastDay> Days
);

/// <summary>A day of a forecast.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsOpen">Whether the centre works.</param>
/// <param name="Expected">Dossiers to be expected, whole.</param>
/// <param name="Received">What really came, on days that are over or under way.</param>
internal sealed record ForecastDay(DateOnly Day, bool IsOpen, long Expected, long? Received);

/// <summary>Each of the last weeks forecast from what was known before it.</summary>
/// <param name="Weeks">How many weeks.</param>
/// <param name="Model">Errors of this forecast.</param>
/// <param name="SameDayLastWeek">Errors of taking the same weekday of the week before.</param>
/// <param name="SameDayLastYear">Errors of taking the same weekday 52 weeks before, over the days for which it is known.</param>
internal sealed record ForecastBackTest(int Weeks, ForecastErrors Model, ForecastErrors SameDayLastWeek, ForecastErrors SameDayLastYear);

/// <summary>Errors of a forecast.</summary>
/// <param name="Days">Days compared.</param>
/// <param name="Counted">Dossiers that came on them.</param>
/// <param name="AbsoluteError">Sum of the differences, whatever their sign.</param>
/// <param name="MeanAbsoluteError">Per day, two decimals rounded half up; left out without days.</param>
/// <param name="PercentError">Of what came, in per cent, two decimals rounded half up; left out when nothing came.</param>
internal sealed record ForecastErrors(int Days, long Counted, long AbsoluteError, string? MeanAbsoluteError, string? PercentError);

internal sealed class ForecastDossiersHandler(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
    : IRequestHandler<ForecastDossiers, DossierForecast>
{
    private const int Longest = 184;
    private const int DaysLearned = 3 * 364;
    private const int WeeksTested = 8;
    private const int LongHoliday = 7;

    public async Task<DossierForecast> Handle(ForecastDossiers request, CancellationToken ct)
    {
        var f = request.Filter;
        if (f.From > f.To || f.To.DayNumber - f.From.DayNumber > Longest || f.From.Year < 2001 || f.To.Year > 2098)
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Khoảng dự báo phải nằm trong 2001–2098 và không quá 184 ngày.",
                "The forecast must lie in 2001 to 2098 and be no longer than 184 days."
            );
        var now = clock.GetUtcNow();
        var today = now.LocalDay();
        // What is forecast is never learned from: a look back shows what would have been said then.
        var last = f.From <= today ? f.From.AddDays(-1) : today.AddDays(-1);
        var first = last.AddDays(1 - DaysLearned);
        var rows = await db.ReceivedByDay(f.Field, f.CentreCode, first, f.To < today ? f.To : today, ct);
        var busiest = rows.GroupBy(r => r.CentreCode)
            .OrderByDescending(g => g.Sum(r => r.Received))
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        var calendar = busiest.FirstOrDefault() is { } g ? (await centres.Of([g.Key], ct)).Values.FirstOrDefault() : null;
        if (calendar is null)
            return new(Method, last, null, null, now, []);
        var begin = rows.Min(r => r.Day);
        var history = Kinds(calendar, begin, last);
        var asked = Kinds(calendar, f.From, f.To);
        return new(
            Method,
            last,
            calendar.Definition.Code,
            calendar.Definition.Version,
            now,
            [
                .. rows.GroupBy(r => r.FieldCode)
                    .OrderBy(r => r.Key, StringComparer.Ordinal)
                    .Select(field =>
                        Of(
                            field.Key,
                            field.GroupBy(r => r.Day).ToDictionary(d => d.Key, d => d.Sum(r => r.Received)),
                            history,
                            asked,
                            today
                        )
                    ),
            ]
        );
    }

    private const string Method = "level of the last weeks × weekday × month × holiday, chosen per field by the six weeks before";

    private static FieldForecast Of(
        string field,
        Dictionary<DateOnly, long> counted,
        List<DayKind> history,
        List<DayKind> asked,
        DateOnly today
    )
    {
        List<DayCount> known = [.. history.Select(d => new DayCount(d, counted.GetValueOrDefault(d.Date)))];
        var choice = new ForecastChoice(known);
        var way = choice.WayAt(known.Count);
        var model = choice.ModelAt(known.Count);
        var (own, lastWeek, lastYear) = BackTest.Run(known, WeeksTested);
        return new(
            field,
            way.DaysOfLevel / 7,
            way.Season,
            new(WeeksTested, Errors(own), Errors(lastWeek), Errors(lastYear)),
            [
                .. asked.Select(d => new ForecastDay(
                    d.Date,
                    d.IsOpen,
                    (long)decimal.Round(model.Expect(d), MidpointRounding.AwayFromZero),
                    d.Date <= today ? counted.GetValueOrDefault(d.Date) : null
                )),
            ]
        );
    }

    private static ForecastErrors Errors(ForecastError e) =>
        new(
            e.Days,
            e.Counted,
            (long)e.AbsoluteError,
            e.Days == 0 ? null : Text(e.AbsoluteError / e.Days),
            e.Counted == 0 ? null : Text(e.AbsoluteError * 100 / e.Counted)
        );

    private static string Text(decimal value) =>
        decimal.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    // A holiday is a day off on which the week would work; a weekend alone is none.
    private static List<DayKind> Kinds(WorkingCalendar calendar, DateOnly from, DateOnly to)
    {
        var special = calendar.Definition.Days.DistinctBy(d => d.Date).ToDictionary(d => d.Date, d => d.IsOpen);
        List<DayKind> days = [];
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var open = IsOpen(day);
            var before = open ? NextTo(day, -1) : default;
            days.Add(
                new(day, open, before.IsHoliday, open && NextTo(day, 1).IsHoliday, before is { IsHoliday: true, Days: >= LongHoliday })
            );
        }
        return days;

        bool IsOpen(DateOnly day) => special.TryGetValue(day, out var open) ? open : WeekWorks(day);
        bool WeekWorks(DateOnly day) => calendar.Definition.Week.TryGetValue(day.DayOfWeek, out var shifts) && shifts.Count > 0;
        (bool IsHoliday, int Days) NextTo(DateOnly day, int step)
        {
            var (holiday, closed) = (false, 0);
            for (var next = day.AddDays(step); closed < 30 && !IsOpen(next); closed++, next = next.AddDays(step))
                holiday |= WeekWorks(next);
            return (holiday, closed);
        }
    }
}

internal sealed class ForecastDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossier-forecasts", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Forecast the dossiers to come</summary>
    /// <remarks>Gives the dossiers to be expected by field and day, from the days before the first one asked for: weekday, holiday and season on the level of the last weeks. The error of the last weeks stands beside that of naive forecasts.</remarks>
    private static async Task<ValueAnswer<DossierForecast>> Handle(
        [AsParameters] ForecastFilter filter,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ForecastDossiers(filter), ct));
}
