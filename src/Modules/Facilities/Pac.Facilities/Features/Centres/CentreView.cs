using Pac.Facilities.Domain;

namespace Pac.Facilities.Features.Centres;

/// <summary>A public administration service centre.</summary>
/// <param name="Code">Code of the centre.</param>
/// <param name="Level">Government level.</param>
/// <param name="Name">Name in Vietnamese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Address">Where it is.</param>
/// <param name="CalendarCode">The working calendar it follows.</param>
internal sealed record CentreView(string Code, CentreLevel Level, string Name, string NameEn, string Address, string CalendarCode)
{
    public static CentreView Of(Centre c) => new(c.Code, c.Level, c.Name, c.NameEn, c.Address, c.CalendarCode);
}
