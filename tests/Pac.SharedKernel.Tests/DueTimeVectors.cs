using System.Globalization;
using Pac.SharedKernel.WorkingTime;

namespace Pac.SharedKernel.Tests;

/// <summary>The published vectors of the domain study, section 4.4.</summary>
public sealed class DueTimeVectors
{
    [Theory]
    [InlineData("2026-11-23 09:00", 5, "2026-12-01")] // D1
    [InlineData("2026-11-23 16:55", 1, "2026-11-25")] // D2
    [InlineData("2026-11-23 17:05", 1, "2026-11-26")] // D3, came late
    [InlineData("2026-11-21 10:00", 3, "2026-11-27")] // D4, Saturday, online
    [InlineData("2026-02-13 10:00", 5, "2026-02-27")] // D5
    [InlineData("2026-08-21 14:00", 1, "2026-08-22")] // D6, make-up Saturday
    [InlineData("2026-08-28 08:00", 3, "2026-09-07")] // D7
    [InlineData("2026-04-24 10:00", 5, "2026-05-06")] // D8
    [InlineData("2027-02-03 15:30", 7, "2027-02-19")] // D9
    [InlineData("2024-04-26 09:00", 3, "2024-05-04")] // D10
    [InlineData("2025-04-25 09:00", 3, "2025-04-29")] // D11
    [InlineData("2026-12-31 09:00", 3, "2027-01-06")] // D12, over New Year
    [InlineData("2027-04-29 08:00", 2, "2027-05-05")] // D13
    public void Working_days_end_at_closing_time_of_the_last_one(string start, int days, string dueDay) =>
        Assert.Equal(Closing(dueDay), DakLak.Calendar.DueAt(DakLak.At(start), new(days, TermUnit.WorkingDay), DuePolicy.EndOfDay));

    [Theory]
    [InlineData("2026-02-06 09:00", 10, "2026-02-23")] // C1
    [InlineData("2026-11-09 09:00", 15, "2026-11-25")] // C2
    [InlineData("2026-12-22 09:00", 10, "2027-01-04")] // C3
    public void Calendar_days_that_end_on_a_closed_day_move_to_the_next_working_day(string start, int days, string dueDay) =>
        Assert.Equal(Closing(dueDay), DakLak.Calendar.DueAt(DakLak.At(start), new(days, TermUnit.CalendarDay), DuePolicy.EndOfDay));

    [Theory]
    [InlineData("2026-11-23 08:00", 8, "2026-11-25 08:00")] // H1
    [InlineData("2026-11-23 10:30", 2, "2026-11-23 14:30")] // H2
    [InlineData("2026-11-20 16:30", 2, "2026-11-23 08:30")] // H3
    [InlineData("2026-11-21 22:15", 8, "2026-11-23 17:00")] // H4, the intake deadline of an online dossier
    [InlineData("2026-11-23 15:20", 6, "2026-11-25 13:20")] // H5
    [InlineData("2026-08-21 15:00", 8, "2026-08-22 15:00")] // H6
    public void Working_hours_count_open_time_only(string start, int hours, string due) =>
        Assert.Equal(DakLak.At(due), DakLak.Calendar.DueAt(DakLak.At(start), new(hours, TermUnit.WorkingHour), DuePolicy.EndOfDay));

    [Theory]
    [InlineData("2026-11-23 14:59", "2026-11-23")] // S1
    [InlineData("2026-11-23 15:01", "2026-11-25")] // S2
    public void Same_day_procedures_have_a_cut_off(string start, string dueDay) =>
        Assert.Equal(Closing(dueDay), DakLak.Calendar.DueSameDay(DakLak.At(start), new(15, 0)));

    [Theory]
    [InlineData("2026-11-23 09:00", 3.5, "2026-11-27 15:00")] // Friday 09:00 and half a day of open time
    [InlineData("2026-11-23 14:00", 0.5, "2026-11-25 08:00")]
    [InlineData("2026-11-23 09:00", 1, "2026-11-25 09:00")]
    public void At_the_same_clock_time_a_fraction_is_a_share_of_the_days_open_time(string start, double days, string due) =>
        Assert.Equal(
            DakLak.At(due),
            DakLak.Calendar.DueAt(DakLak.At(start), new((decimal)days, TermUnit.WorkingDay), DuePolicy.SameClockTime)
        );

    [Theory]
    [InlineData("2026-10-30 09:00", 1, "2026-11-30")]
    [InlineData("2026-01-30 09:00", 1, "2026-03-02")] // 28 February is a Saturday
    [InlineData("2026-11-09 09:00", 0.5, "2026-11-25")] // half a month is 15 days
    public void Months_keep_the_date_and_half_a_month_is_fifteen_days(string start, double months, string dueDay) =>
        Assert.Equal(Closing(dueDay), DakLak.Calendar.DueAt(DakLak.At(start), new((decimal)months, TermUnit.Month), DuePolicy.EndOfDay));

    [Fact]
    public void A_suspension_adds_the_working_days_it_covered()
    {
        // Received Tuesday, five working days, stopped from Wednesday 10:00 to the Wednesday after: the due day moves by five working days.
        Suspension[] stops = [new(DakLak.At("2026-12-02 10:00"), DakLak.At("2026-12-09 10:00"))];
        Assert.Equal(
            Closing("2026-12-15"),
            DakLak.Calendar.DueAt(DakLak.At("2026-12-01 09:00"), new(5, TermUnit.WorkingDay), DuePolicy.EndOfDay, stops)
        );
    }

    [Fact]
    public void A_suspension_in_working_hours_adds_only_the_open_time_it_covered()
    {
        // Two hours from 10:00, stopped 10:30 to 13:30: the lunch break was not working time anyway.
        Suspension[] stops = [new(DakLak.At("2026-11-23 10:30"), DakLak.At("2026-11-23 13:30"))];
        Assert.Equal(
            DakLak.At("2026-11-23 15:00"),
            DakLak.Calendar.DueAt(DakLak.At("2026-11-23 10:00"), new(2, TermUnit.WorkingHour), DuePolicy.EndOfDay, stops)
        );
    }

    [Fact]
    public void The_explanation_names_the_culture_day_and_the_weekend()
    {
        var explained = DakLak.Calendar.Explain(DakLak.At("2026-11-23 09:00"), Closing("2026-12-01")).ToList();
        Assert.Equal(
            ["2026-11-24", "2026-11-28", "2026-11-29"],
            explained.Select(e => e.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
        Assert.All(explained, e => Assert.False(e.Counts));
    }

    [Fact]
    public void Shifts_of_unequal_length_are_counted_as_they_are()
    {
        // Seen in real code: 8.0-hour days assumed although the configured shifts are 4.5 and 3.5 hours.
        Shift[] shifts = [new(new(7, 0), new(11, 30)), new(new(13, 30), new(17, 0))];
        var calendar = WorkingCalendar.Compile(
            new("x", 1, new Dictionary<DayOfWeek, IReadOnlyList<Shift>> { [DayOfWeek.Monday] = shifts, [DayOfWeek.Tuesday] = shifts }, [])
        );
        Assert.Equal(
            DakLak.At("2026-11-23 14:00"),
            calendar.DueAt(DakLak.At("2026-11-23 07:00"), new(5, TermUnit.WorkingHour), DuePolicy.EndOfDay)
        );
        Assert.Equal(
            DakLak.At("2026-11-24 11:30"),
            calendar.DueAt(DakLak.At("2026-11-23 07:00"), new(12.5m, TermUnit.WorkingHour), DuePolicy.EndOfDay)
        );
    }

    [Fact]
    public void Outside_the_covered_years_the_error_says_so()
    {
        Assert.Throws<OutsideCalendarException>(() => DakLak.Calendar.NextOpening(DakLak.At("1999-12-31 09:00")));
        Assert.Throws<OutsideCalendarException>(() =>
            DakLak.Calendar.DueAt(DakLak.At("2099-12-01 09:00"), new(60, TermUnit.WorkingDay), DuePolicy.EndOfDay)
        );
        Assert.Throws<OutsideCalendarException>(() =>
            DakLak.Calendar.DueAt(DakLak.At("2026-12-01 09:00"), new(-1, TermUnit.WorkingDay), DuePolicy.EndOfDay)
        );
    }

    [Fact]
    public void Ten_years_of_working_days_are_one_look_up()
    {
        var due = DakLak.Calendar.DueAt(DakLak.At("2026-11-23 09:00"), new(2500, TermUnit.WorkingDay), DuePolicy.EndOfDay);
        Assert.Equal(2500, DakLak.Calendar.WorkingDaysBetween(DakLak.At("2026-11-23 09:00"), due));
    }

    private static DateTimeOffset Closing(string day) => DakLak.At(day + " 17:00");
}
