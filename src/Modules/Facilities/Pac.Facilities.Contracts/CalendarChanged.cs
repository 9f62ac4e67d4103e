using Pac.SharedKernel;

namespace Pac.Facilities.Contracts;

/// <summary>A working calendar has a new version; whoever computed with the old one computes again.</summary>
/// <param name="Code">Code of the calendar.</param>
/// <param name="Version">The new version.</param>
/// <param name="Reason">Why it was changed.</param>
[EventName("facilities.calendar-changed.v1")]
public sealed record CalendarChanged(string Code, int Version, string Reason) : IIntegrationEvent;
