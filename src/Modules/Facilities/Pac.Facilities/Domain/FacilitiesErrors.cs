using Pac.SharedKernel;

namespace Pac.Facilities.Domain;

internal static class FacilitiesErrors
{
    public static readonly Error CalendarUnusable = new(
        "facilities.calendar-unusable",
        ErrorKind.RuleBroken,
        "Lịch phải có ít nhất một ngày làm việc trong tuần; các ca phải theo thứ tự và không chồng nhau.",
        "A calendar needs at least one open weekday; shifts must be in order and must not overlap."
    );

    public static readonly Error OutsideCalendar = new(
        "facilities.outside-calendar",
        ErrorKind.RuleBroken,
        "Thời điểm hoặc thời hạn nằm ngoài các năm mà lịch bao quát (2000–2099).",
        "The instant or the term lies outside the years that calendars cover (2000 to 2099)."
    );

    public static readonly Error SuspensionsOverlap = new(
        "facilities.suspensions-overlap",
        ErrorKind.RuleBroken,
        "Các khoảng tạm dừng chồng nhau hoặc kết thúc trước khi bắt đầu.",
        "The suspensions overlap, or one ends before it begins."
    );

    public static readonly Error DayTwice = new(
        "facilities.day-twice",
        ErrorKind.RuleBroken,
        "Ngày {0} xuất hiện hai lần.",
        "The date {0} is given twice."
    );

    public static readonly Error OutsideScope = new(
        "facilities.outside-scope",
        ErrorKind.Forbidden,
        "Việc này nằm ngoài phạm vi dữ liệu của bạn.",
        "This lies outside the data you may change."
    );

    public static readonly Error CounterNumberTaken = new(
        "facilities.counter-number-taken",
        ErrorKind.WrongState,
        "Trung tâm đã có quầy mang số này.",
        "The centre already has a counter with this number."
    );
}
