using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>Decision 766/QD-TTg and the definitions of on time, by the vectors of the domain study.</summary>
public sealed class QualityTests
{
    [Theory]
    [InlineData("72", "80", "6", "5.40")] // Q1
    [InlineData("80", "80", "6", "6.00")] // Q2
    [InlineData("99.99", null, "20", "20.00")] // Q3: 19.998
    [InlineData("36", "50", "10", "7.20")] // Q4
    [InlineData("99.2", "90", "10", "10.00")] // Q5
    [InlineData("0", "80", "6", "0.00")]
    [InlineData(null, "80", "6", null)] // nothing of nothing
    [InlineData("72", "80", null, null)] // not known what it is worth
    public void A_share_becomes_points(string? share, string? target, string? maximum, string? points) =>
        Assert.Equal(
            points,
            QualityScore
                .Points(Number(share), Number(target), Number(maximum))
                ?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Fact]
    public void Shares_online_and_of_the_satisfied_are_weakened()
    {
        Assert.Equal(36m, QualityScore.OnlineShare(45m, 0.8m)); // Q4
        Assert.Equal(99.2m, QualityScore.Satisfaction(0.5m, 0.3m)); // Q5
    }

    [Fact]
    public void Waiting_for_a_supplement_is_taken_off_the_end()
    {
        var q6 = Dossier("2026-12-11 09:00", ("2026-12-03 10:00", "2026-12-07 10:00"));
        Assert.Equal(Timeliness.Early, Punctuality.By766(q6, q6.DueAt, q6.SettledAt!.Value));
        Assert.Equal(Timeliness.Late, Punctuality.Judge(OnTimeRule.ByInstant, q6, q6.DueAt));
        Assert.Equal(Timeliness.Late, Punctuality.Judge(OnTimeRule.ByDay, q6, q6.DueAt));
    }

    [Fact]
    public void A_second_supplement_is_overdue_whatever_the_end()
    {
        var q7 = Dossier(null, ("2026-12-03 10:00", "2026-12-04 10:00"), ("2026-12-05 10:00", "2026-12-06 10:00"));
        Assert.Equal(Timeliness.Late, Punctuality.By766(q7, q7.DueAt, DakLak.At("2026-12-07 09:00")));
        // Before the second one was asked for, it was not.
        Assert.NotEqual(Timeliness.Late, Punctuality.By766(q7, q7.DueAt, DakLak.At("2026-12-05 09:00")));
    }

    [Fact]
    public void While_a_supplement_is_awaited_the_end_is_its_request()
    {
        var waiting = Dossier(null, ("2026-12-03 10:00", null));
        Assert.NotEqual(Timeliness.Late, Punctuality.By766(waiting, waiting.DueAt, DakLak.At("2027-01-31 09:00")));
        var open = Dossier(null);
        Assert.Equal(Timeliness.Late, Punctuality.By766(open, open.DueAt, DakLak.At("2027-01-31 09:00")));
        Assert.NotEqual(Timeliness.Late, Punctuality.By766(open, open.DueAt, DakLak.At("2026-12-08 09:00")));
        Assert.Equal(Timeliness.OnTime, Punctuality.By766(open, null, DakLak.At("2027-01-31 09:00")));
    }

    [Fact]
    public void While_the_wish_to_withdraw_is_undecided_the_end_is_that_wish()
    {
        var wanted = Dossier(null) with { Wish = new(DakLak.At("2026-12-03 10:00"), null) };
        Assert.NotEqual(Timeliness.Late, Punctuality.By766(wanted, wanted.DueAt, DakLak.At("2027-01-31 09:00")));
        var refused = wanted with { Wish = wanted.Wish! with { DecidedAt = DakLak.At("2026-12-10 09:00") } };
        Assert.Equal(Timeliness.Late, Punctuality.By766(refused, refused.DueAt, DakLak.At("2027-01-31 09:00")));
        Assert.NotEqual(Timeliness.Late, Punctuality.By766(refused, refused.DueAt, DakLak.At("2026-12-09 09:00")));
        // What was wished too late was late before.
        var late = wanted with
        {
            Wish = new(DakLak.At("2026-12-09 10:00"), null),
        };
        Assert.Equal(Timeliness.Late, Punctuality.By766(late, late.DueAt, DakLak.At("2027-01-31 09:00")));
    }

    [Theory]
    [InlineData("2026-12-08 23:59", "OnTime")]
    [InlineData("2026-12-09 00:00", "Late")]
    [InlineData("2026-12-07 23:59", "Early")]
    public void By_day_the_whole_day_due_is_on_time(string end, string timeliness) =>
        Assert.Equal(timeliness, Punctuality.ByDay(DakLak.At(end), DakLak.At("2026-12-08 17:00")).ToString());

    [Theory]
    [InlineData(2026, null, "2025-12-15", "2026-12-14")]
    [InlineData(2026, 1, "2025-12-15", "2026-03-14")]
    [InlineData(2026, 2, "2026-03-15", "2026-06-14")]
    [InlineData(2026, 4, "2026-09-15", "2026-12-14")]
    public void Reporting_periods_begin_on_the_fifteenth_of_the_month_before(int year, int? quarter, string from, string to)
    {
        var rule = new ReportingRule(new(2019, 3, 12), 15, 1, "Nghị định 09/2019/NĐ-CP", true);
        Assert.Equal((from, to), (Day(rule.Of(year, quarter).From), Day(rule.Of(year, quarter).To)));
        Assert.Equal(2026, rule.YearOf(new(2026, 12, 14)));
        Assert.Equal(2027, rule.YearOf(new(2026, 12, 15)));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DossierFacts Dossier(string? settled, params (string From, string? To)[] supplements)
    {
        List<ClockSegment> segments = [];
        var from = DakLak.At("2026-12-01 08:00");
        foreach (var (asked, answered) in supplements)
        {
            segments.Add(new(from, DakLak.At(asked), ClockState.Running, "received"));
            segments.Add(
                new(DakLak.At(asked), answered is null ? null : DakLak.At(answered), ClockState.WaitingForCitizen, "supplementRequested")
            );
            from = answered is null ? from : DakLak.At(answered);
        }
        segments.Add(new(from, null, ClockState.Running, "supplementSubmitted"));
        return new(
            Guid.Empty,
            "H15.09-261201-0001",
            "dak-lak",
            "H15.09",
            "road-traffic",
            "1.002809",
            1,
            Channel.Counter,
            DossierStatus.InProcess,
            DakLak.At("2026-12-01 08:00"),
            DakLak.At("2026-12-08 17:00"),
            settled is null ? null : DakLak.At(settled),
            null,
            null,
            new(new(new Term(5, TermUnit.WorkingDay), null, DuePolicy.EndOfDay), "dak-lak", 1, segments),
            null
        );
    }
}
