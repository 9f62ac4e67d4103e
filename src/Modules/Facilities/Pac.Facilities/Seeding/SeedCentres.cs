using System.Globalization;
using Pac.BuildingBlocks;
using Pac.Facilities.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Facilities.Seeding;

/// <summary>
/// The provincial centre and one commune centre with the calendar of the state sector. The hours are those of a neighbouring province
/// and are to be confirmed (domain study, section 4.2).
/// </summary>
internal sealed class SeedCentres(
    IRepository<WorkCalendar> calendars,
    IRepository<Centre> centres,
    IRepository<Counter> counters,
    TimeProvider clock
) : ISeed
{
    private const string CalendarCode = "dak-lak";
    private static readonly Shift[] Day = [new(new(7, 0), new(11, 0)), new(new(13, 0), new(17, 0))];

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        if (await calendars.Any(new CalendarWithCode(CalendarCode), ct))
            return;
        var now = clock.GetUtcNow();
        DayOfWeek[] weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        var content = new CalendarContent([.. weekdays.Select(d => new WeekdayHours(d, Day))], true, [.. Holidays()]);
        calendars.Add(WorkCalendar.Publish(CalendarCode, "Lịch làm việc tỉnh Đắk Lắk", content, "Phiên bản đầu tiên", "system", now));
        Add(
            "dak-lak",
            CentreLevel.Province,
            "Trung tâm Phục vụ hành chính công tỉnh Đắk Lắk",
            "Dak Lak Public Administration Service Centre",
            "09 Nguyễn Tất Thành, Buôn Ma Thuột",
            12
        );
        Add(
            "66-22015",
            CentreLevel.Commune,
            "Trung tâm Phục vụ hành chính công phường Tuy Hòa",
            "Tuy Hoa Ward Public Administration Service Centre",
            "Phường Tuy Hòa, tỉnh Đắk Lắk",
            4
        );
        await centres.Save(ct);

        void Add(string code, CentreLevel level, string name, string nameEn, string address, int counterCount)
        {
            centres.Add(Centre.Establish(code, level, name, nameEn, address, CalendarCode, now));
            for (var number = 1; number <= counterCount; number++)
                counters.Add(Counter.Set(code, number, string.Create(CultureInfo.InvariantCulture, $"Quầy {number}"), now));
        }
    }

    private static IEnumerable<CalendarDay> Holidays()
    {
        using var reader = new StreamReader(typeof(SeedCentres).Assembly.GetManifestResourceStream("holidays-vn.csv")!);
        while (reader.ReadLine() is { } line)
        {
            if (!char.IsAsciiDigit(line[0]))
                continue;
            var cells = line.Split(',');
            var certainty = cells[4] switch
            {
                "S" => Certainty.Sourced,
                "K" => Certainty.Known,
                "R" => Certainty.Derived,
                _ => Certainty.Uncertain,
            };
            yield return new(
                DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                cells[1] == "work",
                cells[2],
                cells[3],
                certainty
            );
        }
    }
}
