using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>
/// How a published version lies to the times of publicity (domain study, T12): the decision comes so many working days before the legal effect
/// and the version is public so many working days after the decision. What no day or no figure of the law is known for, is not judged.
/// </summary>
/// <param name="DaysBeforeEffect">Working days from the decision to the legal effect.</param>
/// <param name="DaysWanted">How many the law wants at least.</param>
/// <param name="DecidedLate">Whether there are fewer.</param>
/// <param name="DaysToPublic">Working days from the decision to the day it was made public.</param>
/// <param name="DaysAllowed">How many the law allows.</param>
/// <param name="PublicLate">Whether there are more.</param>
internal sealed record PublicationTiming(
    int? DaysBeforeEffect,
    int? DaysWanted,
    bool? DecidedLate,
    int? DaysToPublic,
    int? DaysAllowed,
    bool? PublicLate
)
{
    // Every calendar covers these years, with a margin for the days that follow.
    private const int FirstYear = 2001;
    private const int LastYear = 2098;

    /// <summary>Working days between two days; null where the calendar does not reach.</summary>
    public static int? Between(WorkingCalendar calendar, DateOnly from, DateOnly to)
    {
        if (from.Year < FirstYear || to.Year < FirstYear || from.Year > LastYear || to.Year > LastYear)
            return null;
        // The day itself does not count, its working days do; one on which nobody works lends neither end to the count.
        var days = calendar.WorkingDaysBetween(from.StartInstant(), to.StartInstant());
        return days + (IsClosed(calendar, from) ? 1 : 0) - (IsClosed(calendar, to) ? 1 : 0);
    }

    private static bool IsClosed(WorkingCalendar calendar, DateOnly day) => calendar.NextOpening(day.StartInstant()).LocalDay() != day;

    /// <summary>Judges a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="calendar">The calendar of the province.</param>
    /// <param name="law">The figures in force on the day of the decision.</param>
    public static PublicationTiming Of(ProcedureVersion version, WorkingCalendar calendar, LawInForce law)
    {
        int? before = version.DecidedOn is { } decided ? Between(calendar, decided, version.EffectiveFrom) : null;
        int? after = version is { DecidedOn: { } day, PublishedOn: { } published } ? Between(calendar, day, published) : null;
        var wanted = (int?)law.Find(LawInForce.CatalogueDecision, "")?.Value;
        var allowed = (int?)law.Find(LawInForce.CataloguePublication, "")?.Value;
        return new(
            before,
            wanted,
            before is { } b && wanted is { } w ? b < w : null,
            after,
            allowed,
            after is { } a && allowed is { } most ? a > most : null
        );
    }
}
