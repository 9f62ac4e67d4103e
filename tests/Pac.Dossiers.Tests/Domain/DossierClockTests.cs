using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>The legal clock of a dossier, by the published vectors of the domain study, section 4.4.</summary>
public sealed class DossierClockTests
{
    private static DateTimeOffset? Due(TimeLimit limit, string receivedAt) =>
        DossierClock.Start(limit, DakLak.Calendar, DakLak.At(receivedAt)).DueAt(DakLak.Calendar);

    [Theory]
    [InlineData("2026-11-23 09:00", 5, "2026-12-01")] // D1
    [InlineData("2026-11-23 16:55", 1, "2026-11-25")] // D2
    [InlineData("2026-11-23 17:05", 1, "2026-11-26")] // D3, came late
    [InlineData("2026-11-21 10:00", 3, "2026-11-27")] // D4, Saturday
    [InlineData("2026-02-13 10:00", 5, "2026-02-27")] // D5
    [InlineData("2026-08-21 14:00", 1, "2026-08-22")] // D6, make-up Saturday
    [InlineData("2026-08-28 08:00", 3, "2026-09-07")] // D7
    [InlineData("2026-04-24 10:00", 5, "2026-05-06")] // D8
    [InlineData("2027-02-03 15:30", 7, "2027-02-19")] // D9
    [InlineData("2024-04-26 09:00", 3, "2024-05-04")] // D10
    [InlineData("2025-04-25 09:00", 3, "2025-04-29")] // D11
    [InlineData("2026-12-31 09:00", 3, "2027-01-06")] // D12
    [InlineData("2027-04-29 08:00", 2, "2027-05-05")] // D13
    public void Working_days_are_promised_to_the_end_of_the_last_one(string receivedAt, int days, string dueDay) =>
        Assert.Equal(DakLak.At(dueDay + " 17:00"), Due(new(new(days, TermUnit.WorkingDay), null, DuePolicy.EndOfDay), receivedAt));

    [Theory]
    [InlineData("2026-02-06 09:00", 10, "2026-02-23")] // C1
    [InlineData("2026-11-09 09:00", 15, "2026-11-25")] // C2
    [InlineData("2026-12-22 09:00", 10, "2027-01-04")] // C3
    public void Calendar_days_that_end_on_a_closed_day_move_to_the_next_working_day(string receivedAt, int days, string dueDay) =>
        Assert.Equal(DakLak.At(dueDay + " 17:00"), Due(new(new(days, TermUnit.CalendarDay), null, DuePolicy.EndOfDay), receivedAt));

    [Theory]
    [InlineData("2026-11-23 14:59", "2026-11-23")] // S1
    [InlineData("2026-11-23 15:00", "2026-11-23")]
    [InlineData("2026-11-23 15:01", "2026-11-25")] // S2
    public void A_same_day_procedure_is_promised_for_the_day_until_the_cut_off(string receivedAt, string dueDay) =>
        Assert.Equal(DakLak.At(dueDay + " 17:00"), Due(new(null, new(15, 0), DuePolicy.EndOfDay), receivedAt));

    [Fact]
    public void Without_a_term_nothing_is_promised() => Assert.Null(Due(new(null, null, DuePolicy.EndOfDay), "2026-11-23 09:00"));

    private static readonly TimeLimit FiveDays = new(new(5, TermUnit.WorkingDay), null, DuePolicy.EndOfDay);

    [Fact]
    public void A_suspension_moves_what_is_due_by_the_working_days_it_took_and_an_open_one_does_not_yet()
    {
        var clock = DossierClock
            .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 09:00"))
            .Stand(ClockState.Suspended, "paymentRequested", DakLak.At("2026-12-02 10:00"));
        Assert.Equal(DakLak.At("2026-12-08 17:00"), clock.DueAt(DakLak.Calendar));
        Assert.NotNull(clock.Standing());

        var resumed = clock.Run("paymentConfirmed", DakLak.At("2026-12-09 10:00"));
        Assert.Equal(DakLak.At("2026-12-15 17:00"), resumed.DueAt(DakLak.Calendar));
        Assert.Null(resumed.Standing());
    }

    [Fact]
    public void When_the_supplement_is_complete_time_is_counted_anew_from_zero() // T5
    {
        var clock = DossierClock
            .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 09:00"))
            .Stand(ClockState.WaitingForCitizen, "supplementRequested", DakLak.At("2026-12-04 10:00"))
            .Run("supplementSubmitted", DakLak.At("2026-12-09 10:00"));
        Assert.Equal(DakLak.At("2026-12-16 17:00"), clock.DueAt(DakLak.Calendar));
        Assert.Equal(
            [ClockState.Running, ClockState.WaitingForCitizen, ClockState.Running],
            clock.End(DakLak.At("2026-12-10 10:00")).Segments.Select(s => s.State)
        );
    }

    [Fact]
    public void A_wait_that_was_never_answered_starts_nothing_anew() =>
        Assert.Equal(
            DakLak.At("2026-12-08 17:00"),
            DossierClock
                .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 09:00"))
                .Stand(ClockState.WaitingForCitizen, "supplementRequested", DakLak.At("2026-12-04 10:00"))
                .End(DakLak.At("2026-12-25 10:00"))
                .DueAt(DakLak.Calendar)
        );

    [Fact]
    public void An_extension_is_due_at_the_end_of_its_day_and_follows_suspensions_and_closed_days()
    {
        var clock = DossierClock
            .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 09:00"))
            .Extend(new(2026, 12, 12), DakLak.At("2026-12-03 09:00")); // a Saturday
        Assert.Equal(DakLak.At("2026-12-14 17:00"), clock.DueAt(DakLak.Calendar));

        var suspended = clock
            .Stand(ClockState.Suspended, "paymentRequested", DakLak.At("2026-12-07 09:00"))
            .Run("paymentConfirmed", DakLak.At("2026-12-09 09:00"));
        Assert.Equal(
            (DakLak.At("2026-12-16 17:00"), ClockState.Extended),
            (suspended.DueAt(DakLak.Calendar), suspended.Segments[^1].State)
        );

        var anew = clock
            .Stand(ClockState.WaitingForCitizen, "supplementRequested", DakLak.At("2026-12-07 09:00"))
            .Run("supplementSubmitted", DakLak.At("2026-12-09 09:00"));
        Assert.Equal((DakLak.At("2026-12-16 17:00"), ClockState.Running), (anew.DueAt(DakLak.Calendar), anew.Segments[^1].State));
    }

    [Fact]
    public void The_quality_index_takes_the_wait_for_the_person_off_the_end() // Q6
    {
        var clock = DossierClock
            .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 08:00"))
            .Stand(ClockState.WaitingForCitizen, "supplementRequested", DakLak.At("2026-12-03 10:00"))
            .Run("supplementSubmitted", DakLak.At("2026-12-07 10:00"));
        var done = DakLak.At("2026-12-11 09:00");
        Assert.Equal(DakLak.At("2026-12-07 09:00"), clock.IndexEnd(done));
        Assert.Equal(TimeSpan.FromDays(6) + TimeSpan.FromHours(1), clock.NetProcessingTime(done));
        Assert.True(clock.IndexEnd(done) <= DakLak.At("2026-12-08 17:00"));
    }

    [Fact]
    public void A_wait_that_lasts_ends_the_time_that_the_index_judges() =>
        Assert.Equal(
            DakLak.At("2026-12-03 10:00"),
            DossierClock
                .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 08:00"))
                .Stand(ClockState.WaitingForCitizen, "supplementRequested", DakLak.At("2026-12-03 10:00"))
                .IndexEnd(DakLak.At("2026-12-31 10:00"))
        );

    [Fact]
    public void Counted_time_is_the_open_time_in_which_the_clock_ran() =>
        Assert.Equal(
            TimeSpan.FromHours(9), // 2 + 4 hours on the first day, 3 on the 4th
            DossierClock
                .Start(FiveDays, DakLak.Calendar, DakLak.At("2026-12-01 09:00"))
                .Stand(ClockState.Suspended, "paymentRequested", DakLak.At("2026-12-01 17:00"))
                .Run("paymentConfirmed", DakLak.At("2026-12-04 08:00"))
                .CountedTime(DakLak.Calendar, DakLak.At("2026-12-01 00:00"), DakLak.At("2026-12-04 11:00"))
        );

    [Theory]
    [InlineData("2026-11-23 08:00", "2026-11-25 08:00")] // H1
    [InlineData("2026-11-21 22:15", "2026-11-23 17:00")] // H4
    [InlineData("2026-08-21 15:00", "2026-08-22 15:00")] // H6
    public void The_time_of_intake_is_eight_working_hours(string submitted, string due) => // T1
        Assert.Equal(DakLak.At(due), Deadline.Start(DakLak.At(submitted), Some.Law.Term(LawInForce.OnlineIntake), DakLak.Calendar).DueAt);

    [Theory]
    [InlineData("2026-11-24 16:59", "2026-11-25 17:00", Timeliness.Early)]
    [InlineData("2026-11-25 07:00", "2026-11-25 17:00", Timeliness.OnTime)]
    [InlineData("2026-11-25 17:00", "2026-11-25 17:00", Timeliness.OnTime)]
    [InlineData("2026-11-25 17:01", "2026-11-25 17:00", Timeliness.Late)]
    [InlineData("2026-11-25 17:01", null, Timeliness.OnTime)]
    internal void Late_is_judged_by_the_instant_and_early_by_the_day(string ended, string? due, Timeliness expected) =>
        Assert.Equal(expected, DossierClock.Judge(DakLak.At(ended), due is null ? null : DakLak.At(due)));

    [Fact]
    public void The_day_is_that_of_the_centre_whatever_offset_the_instant_carries() =>
        // 01:00 at the centre on the day due is still the day before in UTC.
        Assert.Equal(Timeliness.OnTime, DossierClock.Judge(DakLak.At("2026-11-25 01:00").ToUniversalTime(), DakLak.At("2026-11-25 17:00")));

    [Theory]
    [InlineData(Channel.Online, 6)]
    [InlineData(Channel.Counter, 8)]
    [InlineData(Channel.Post, 24)]
    internal void Each_channel_has_its_own_term(Channel channel, int hours)
    {
        var content = Some.Content() with
        {
            Terms =
            [
                new(Channel.Online, new(6, TermUnit.WorkingHour)),
                new(null, new(8, TermUnit.WorkingHour)),
                new(Channel.Post, new(24, TermUnit.WorkingHour)),
            ],
        };
        Assert.Equal(new Term(hours, TermUnit.WorkingHour), content.LimitFor(channel).Term);
    }

    [Fact]
    public void The_cut_off_of_a_same_day_procedure_stands_over_any_term() =>
        Assert.Null(Some.Content(new(3, TermUnit.WorkingDay), new(15, 0)).LimitFor(Channel.Counter).Term);
}
