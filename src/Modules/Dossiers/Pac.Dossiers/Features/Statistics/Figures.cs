using System.Globalization;
using Pac.BuildingBlocks;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>A share with what it was computed from.</summary>
/// <param name="Numerator">The part.</param>
/// <param name="Denominator">The whole.</param>
/// <param name="Percent">The share in per cent with two decimals, rounded half up; left out when the whole is 0.</param>
internal sealed record Rate(long Numerator, long Denominator, string? Percent)
{
    public static Rate Of(long numerator, long denominator) =>
        new(
            numerator,
            denominator,
            denominator == 0
                ? null
                : decimal.Round(numerator * 100m / denominator, 2, MidpointRounding.AwayFromZero)
                    .ToString("0.00", CultureInfo.InvariantCulture)
        );
}

/// <summary>How the figures are defined.</summary>
/// <param name="OnTime">How on time is judged: <c>byInstant</c>, the end compared with the instant due; <c>byDay</c>, the day of the end with the day due; <c>by766</c>, index 2.1 of Decision 766.</param>
/// <param name="Population">Whose punctuality is counted: <c>settledInPeriod</c>, by the day of the end; <c>inPeriod</c>, all that was carried over or received.</param>
/// <param name="Rounding">How shares are rounded: <c>halfUp2</c>.</param>
/// <param name="CalendarVersion">Newest version of a calendar that due instants were computed with, from 1.</param>
/// <param name="CutOff">End of the period: what happened later is not counted. What is open is judged at this instant, or at <c>asOf</c> if that comes first.</param>
/// <param name="AsOf">When the figures were read.</param>
internal sealed record FigureDefinition(
    string OnTime,
    string Population,
    string Rounding,
    int CalendarVersion,
    DateTimeOffset CutOff,
    DateTimeOffset AsOf
);

/// <summary>The figures of a period. Received and carried over are together as many as settled and open.</summary>
/// <param name="CarriedOver">Open when the period began.</param>
/// <param name="Received">Received in the period.</param>
/// <param name="Settled">Ended in the period, whichever way.</param>
/// <param name="Early">Ended on an earlier day than due.</param>
/// <param name="OnTime">Ended on the day due and not after the instant due.</param>
/// <param name="Late">Ended after the instant due.</param>
/// <param name="Returned">Results given back in the period.</param>
/// <param name="Withdrawn">Ended by withdrawal.</param>
/// <param name="Refused">Ended by refusal.</param>
/// <param name="Stopped">Stopped.</param>
/// <param name="Open">Open when the period ended.</param>
/// <param name="OnTimeRate">On time or early, of the population that the definition names.</param>
/// <param name="Overdue">Open and overdue when the period ended; only where the definition judges what is open.</param>
/// <param name="Rejected">Not accepted at intake in the period; among neither the received nor the settled. Left out where it was not counted yet.</param>
internal sealed record Figures(
    long CarriedOver,
    long Received,
    long Settled,
    long Early,
    long OnTime,
    long Late,
    long Returned,
    long Withdrawn,
    long Refused,
    long Stopped,
    long Open,
    Rate OnTimeRate,
    long? Overdue = null,
    long? Rejected = null
)
{
    public static Figures Of(long carriedOver, IEnumerable<FigureRow> rows, long? overdue = null)
    {
        long received = 0,
            settled = 0,
            early = 0,
            onTime = 0,
            late = 0,
            returned = 0,
            withdrawn = 0,
            refused = 0,
            stopped = 0,
            rejected = 0;
        foreach (var r in rows)
        {
            received += r.Received;
            settled += r.Settled;
            early += r.Early;
            onTime += r.OnTime;
            late += r.Late;
            returned += r.Returned;
            withdrawn += r.Withdrawn;
            refused += r.Refused;
            stopped += r.Stopped;
            rejected += r.Rejected;
        }
        return new(
            carriedOver,
            received,
            settled,
            early,
            onTime,
            late,
            returned,
            withdrawn,
            refused,
            stopped,
            carriedOver + received - settled,
            overdue is { } running
                ? Rate.Of(carriedOver + received - late - running, carriedOver + received)
                : Rate.Of(early + onTime, settled),
            overdue,
            rejected
        );
    }
}

/// <summary>The figures of one group.</summary>
/// <param name="Key">What the group has in common, by dimension.</param>
/// <param name="CarriedOver">Open when the period of the group began.</param>
/// <param name="Received">Received.</param>
/// <param name="Settled">Ended, whichever way.</param>
/// <param name="Early">Ended on an earlier day than due.</param>
/// <param name="OnTime">Ended on the day due and not after the instant due.</param>
/// <param name="Late">Ended after the instant due.</param>
/// <param name="Returned">Results given back.</param>
/// <param name="Withdrawn">Ended by withdrawal.</param>
/// <param name="Refused">Ended by refusal.</param>
/// <param name="Stopped">Stopped.</param>
/// <param name="Open">Open when the period of the group ended.</param>
/// <param name="OnTimeRate">On time or early, of the population that the definition names.</param>
/// <param name="Overdue">Open and overdue when the period of the group ended; only where the definition judges what is open.</param>
/// <param name="Rejected">Not accepted at intake; among neither the received nor the settled. Left out where it was not counted yet.</param>
internal sealed record FigureGroup(
    IReadOnlyDictionary<string, string> Key,
    long CarriedOver,
    long Received,
    long Settled,
    long Early,
    long OnTime,
    long Late,
    long Returned,
    long Withdrawn,
    long Refused,
    long Stopped,
    long Open,
    Rate OnTimeRate,
    long? Overdue = null,
    long? Rejected = null
)
{
    public static FigureGroup Of(IReadOnlyDictionary<string, string> key, Figures f) =>
        new(
            key,
            f.CarriedOver,
            f.Received,
            f.Settled,
            f.Early,
            f.OnTime,
            f.Late,
            f.Returned,
            f.Withdrawn,
            f.Refused,
            f.Stopped,
            f.Open,
            f.OnTimeRate,
            f.Overdue,
            f.Rejected
        );

    public Figures Figures() =>
        new(
            CarriedOver,
            Received,
            Settled,
            Early,
            OnTime,
            Late,
            Returned,
            Withdrawn,
            Refused,
            Stopped,
            Open,
            OnTimeRate,
            Overdue,
            Rejected
        );
}

/// <summary>Figures of a period.</summary>
/// <param name="Definition">How they are defined.</param>
/// <param name="Totals">All together.</param>
/// <param name="Groups">By group, in the order of their keys.</param>
internal sealed record DossierStatistics(FigureDefinition Definition, Figures Totals, IReadOnlyList<FigureGroup> Groups);

/// <summary>A period of whole days.</summary>
internal static class Period
{
    private const int LongestDays = 3660;

    /// <summary>Checks a period.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="inBody">Whether it was given in the body, not in the query.</param>
    /// <exception cref="InvalidRequestException">It ends before it begins, or is longer than ten years.</exception>
    public static void Check(DateOnly from, DateOnly to, bool inBody = false)
    {
        if (from > to || to.DayNumber - from.DayNumber > LongestDays || from.Year < 2000 || to.Year > 2099)
            throw Fault(
                inBody,
                "from",
                "out-of-range",
                "Khoảng thời gian phải nằm trong 2000–2099 và không quá 10 năm.",
                "The period must lie in 2000 to 2099 and be no longer than ten years."
            );
    }

    /// <summary>The refusal of a member, wherever it was given.</summary>
    public static InvalidRequestException Fault(bool inBody, string name, string code, string vietnamese, string english) =>
        inBody
            ? InvalidRequestException.Body("/" + name, code, vietnamese, english)
            : InvalidRequestException.Query(name, code, vietnamese, english);
}
