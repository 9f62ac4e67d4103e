using Pac.Facilities.Contracts;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests;

/// <summary>Answers for the facilities module, which is not there: two centres that work by one calendar.</summary>
public sealed class Facilities
{
    public const string Centre = "dak-lak";
    public const string Ward = "66-22015";

    private static readonly Dictionary<string, (string Name, string Address)> Centres = new()
    {
        [Centre] = ("Trung tâm Phục vụ hành chính công tỉnh Đắk Lắk", "09 Nguyễn Tất Thành, Buôn Ma Thuột"),
        [Ward] = ("Trung tâm Phục vụ hành chính công phường Tuy Hòa", "Phường Tuy Hòa, tỉnh Đắk Lắk"),
    };

    private volatile CalendarDefinition _calendar = DakLak.Definition;

    /// <summary>The version that is published.</summary>
    public CalendarDefinition Calendar
    {
        get => _calendar;
        set => _calendar = value;
    }

    /// <summary>Called with every question, before it is answered.</summary>
    public Action<IReadOnlyList<string>>? Asked { get; set; }

    public IReadOnlyList<CentreCalendar> Answer(GetWorkingCalendars question)
    {
        ArgumentNullException.ThrowIfNull(question);
        Asked?.Invoke(question.CentreCodes);
        return
        [
            .. question
                .CentreCodes.Where(Centres.ContainsKey)
                .Select(c => new CentreCalendar(c, Centres[c].Name, Centres[c].Address, Calendar)),
        ];
    }

    public IReadOnlyList<CentreName> Answer(GetCentres question) =>
        [.. Centres.Select(c => new CentreName(c.Key, c.Value.Name, "The centre " + c.Key, c.Value.Address, c.Key == Centre))];

    internal void Reset()
    {
        Calendar = DakLak.Definition;
        Asked = null;
    }
}
