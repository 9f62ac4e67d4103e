using Pac.Dossiers.Domain;
using Pac.Facilities.Contracts;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A centre where one goes.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its name.</param>
/// <param name="Address">Where it is; left out when that is not known.</param>
/// <param name="Hours">When it is open on the day, in words; left out when that is not known.</param>
/// <param name="Open">When it is open on the day; empty when it is closed.</param>
internal sealed record GuideCentre(string Code, BilingualText Title, string? Address, BilingualText? Hours, IReadOnlyList<GuideHours> Open);

/// <summary>One stretch of open time.</summary>
/// <param name="Opens">Begin, local time.</param>
/// <param name="Closes">End, local time.</param>
internal sealed record GuideHours(TimeOnly Opens, TimeOnly Closes);

/// <summary>Tells people where to go.</summary>
internal static class GuideCentres
{
    /// <summary>The centres that receive a procedure, the provincial one first, with their hours of a day.</summary>
    public static async Task<IReadOnlyList<GuideCentre>> Places(
        this CentreCalendars centres,
        ProcedureContent content,
        DateOnly day,
        CancellationToken ct
    )
    {
        var (names, calendars) = (await centres.Names(ct), await centres.All(ct));
        var known = names
            .Where(c => content.IsReceivedAt(c.Code))
            .OrderByDescending(c => c.IsProvincial)
            .ThenBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => Of(c, calendars.GetValueOrDefault(c.Code), day));
        // A centre that is named and not known (any more) is told by its code.
        var unknown = content
            .CentreCodes.Where(code => !content.Flags.NonTerritorial && names.All(c => c.Code != code))
            .Select(code => new GuideCentre(code, new(code, code), null, null, []));
        return [.. known, .. unknown];
    }

    /// <summary>One centre with its hours of a day; null when there is none with this code.</summary>
    public static async Task<GuideCentre?> Place(this CentreCalendars centres, string code, DateOnly day, CancellationToken ct) =>
        (await centres.Names(ct)).FirstOrDefault(c => c.Code == code) is { } centre
            ? Of(centre, (await centres.Find(code, 0, ct))?.Calendar, day)
            : null;

    private static GuideCentre Of(CentreName centre, WorkingCalendar? calendar, DateOnly day)
    {
        var shifts = calendar?.ShiftsOn(day) ?? [];
        return new(
            centre.Code,
            new(centre.Vietnamese, centre.English),
            centre.Address.Length > 0 ? centre.Address : null,
            calendar is null ? null : GuideWords.Hours(shifts),
            [.. shifts.Select(s => new GuideHours(s.Opens, s.Closes))]
        );
    }
}
