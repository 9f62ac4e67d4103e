using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Facilities.Contracts;

/// <summary>Asks for working calendars in their present version.</summary>
/// <param name="CentreCodes">Centres whose calendars are wanted.</param>
public sealed record GetWorkingCalendars(IReadOnlyList<string> CentreCodes) : IQuery<IReadOnlyList<CentreCalendar>>;

/// <summary>A centre with the calendar it works by.</summary>
/// <param name="CentreCode">Code of the centre.</param>
/// <param name="CentreName">Name of the centre, in Vietnamese.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Calendar">The calendar's present version.</param>
public sealed record CentreCalendar(string CentreCode, string CentreName, string Address, CalendarDefinition Calendar);
