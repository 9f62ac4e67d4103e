using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Pac.CentreYear.Tests;

/// <summary>The generated years against what was published, and against the rules of the import.</summary>
public sealed partial class YearsTests
{
    private static IEnumerable<DossierRow> Of(int year) => Generated.Rows.Where(r => r.ReceivedAt.Year == year);

    [Fact]
    public async Task The_same_rows_come_out_every_time()
    {
        Assert.Equal(await Hash(RowWriter.WriteCsv), await Hash(RowWriter.WriteCsv));
        Assert.Equal(await Hash(RowWriter.WriteNdJson), await Hash(RowWriter.WriteNdJson));

        static async Task<string> Hash(Func<IEnumerable<DossierRow>, Stream, Action<int>, CancellationToken, Task<int>> write)
        {
            using var hash = SHA256.Create();
            await using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
                await write(CentreYears.Rows(), stream, _ => { }, TestContext.Current.CancellationToken);
            return Convert.ToHexString(hash.Hash!);
        }
    }

    [Fact]
    public void The_year_before_has_its_total_and_leaves_nothing_open()
    {
        var rows = Of(2023).ToList();
        Assert.Equal(133_683, rows.Count);
        Assert.All(rows, r => Assert.Equal(2023, r.ReturnedAt?.Year));
        Assert.DoesNotContain(rows, r => r.SettledAt > r.DueAt);
    }

    [Fact]
    public void The_year_has_the_published_totals()
    {
        var rows = Of(2024).ToList();
        var returned = rows.Where(r => r.ReturnedAt is not null).ToList();
        Assert.Equal(138_313, rows.Count);
        Assert.Equal(125_310, returned.Count);
        Assert.All(returned, r => Assert.Equal((2024, 2024), (r.SettledAt!.Value.Year, r.ReturnedAt!.Value.Year)));
        Assert.Equal(87_119, returned.Count(r => r is { Channel: Channel.Counter, ReturnMethod: "counter" }));
        Assert.Equal(38_191, returned.Count(r => r is { Channel: Channel.Online, ReturnMethod: "online" }));
        var open = rows.Where(r => r.SettledAt is null).ToList();
        Assert.Equal(13_003, open.Count);
        Assert.All(open, r => Assert.True(r.DueAt.Year > 2024, r.Code));
        Assert.Equal(
            returned.Count(r => r.Channel == Channel.Online) / 125_310.0,
            open.Count(r => r.Channel == Channel.Online) / 13_003.0,
            3
        );
    }

    [Fact]
    public void Twelve_are_late_and_each_has_its_own_cause()
    {
        var late = Generated.Rows.Where(r => r.SettledAt > r.DueAt).ToList();
        Assert.Equal(Published.Late, late.Count);
        Assert.Equal(Published.Late, late.Select(r => r.LateCause).OfType<string>().Distinct().Count());
        Assert.Equal(late, Generated.Rows.Where(r => r.LateCause is not null));
        Assert.Equal(99.99m, decimal.Round((125_310 - late.Count) * 100m / 125_310, 2));
    }

    [Fact]
    public void Source_ids_and_codes_are_given_once()
    {
        Assert.Equal(Generated.Rows.Count, Generated.Rows.Select(r => r.SourceId).Distinct().Count());
        Assert.Equal(Generated.Rows.Count, Generated.Rows.Select(r => r.Code).Distinct().Count());
    }

    [Fact]
    public void Every_row_keeps_the_rules_of_the_import()
    {
        Assert.All(
            Generated.Rows,
            r =>
            {
                Assert.Matches(DossierCode(), r.Code);
                Assert.Matches(Identity(), r.ApplicantIdentity);
                Assert.Matches(Phone(), r.ApplicantPhone);
                Assert.True(r.DueAt >= r.ReceivedAt, r.Code);
                Assert.Equal(r.Outcome is null, r.SettledAt is null);
                Assert.Equal(r.ReturnMethod is null, r.ReturnedAt is null);
                Assert.False(r.SettledAt < r.ReceivedAt || r.ReturnedAt < r.SettledAt, r.Code);
                Assert.Equal(r.ApplicantName.Normalize(), r.ApplicantName);
            }
        );
    }

    [Fact]
    public void Work_is_done_on_working_days_in_office_hours()
    {
        var calendar = CentreCalendar.Calendar;
        Assert.All(
            Generated.Rows,
            r =>
            {
                Assert.True(calendar.IsOpen(r.ReceivedAt), r.Code);
                Assert.True(calendar.IsOpen(r.DueAt), r.Code);
                Assert.True(r.SettledAt is null || calendar.IsOpen(r.SettledAt.Value), r.Code);
                Assert.True(r.ReturnedAt is null || calendar.IsOpen(r.ReturnedAt.Value), r.Code);
            }
        );
        Assert.Equal(249, Of(2023).Select(r => r.ReceivedAt.Date).Distinct().Count());
        Assert.Equal(251, Of(2024).Select(r => r.ReceivedAt.Date).Distinct().Count());
    }

    [Fact]
    public void Monday_is_the_fullest_day_and_friday_the_emptiest()
    {
        // From March to September there is neither Tet nor the rush of the last quarter.
        var means = Of(2024)
            .Where(r => r.ReceivedAt.Month is >= 3 and <= 9)
            .GroupBy(r => r.ReceivedAt.DayOfWeek)
            .ToDictionary(g => g.Key, g => (double)g.Count() / g.Select(r => r.ReceivedAt.Date).Distinct().Count());
        var wednesday = means[DayOfWeek.Wednesday];
        Assert.InRange(means[DayOfWeek.Monday] / wednesday, 1.30, 1.40);
        Assert.InRange(means[DayOfWeek.Friday] / wednesday, 0.80, 0.90);
        Assert.InRange(Of(2024).Count() / 251.0, 550, 552);
    }

    [Fact]
    public void The_season_the_day_after_tet_and_the_morning_show()
    {
        var days = Of(2024).GroupBy(r => DateOnly.FromDateTime(r.ReceivedAt.DateTime)).ToDictionary(g => g.Key, g => g.Count());
        var before = days.Where(d => d.Key.Month <= 9).Average(d => d.Value);
        var last = days.Where(d => d.Key.Month >= 10).Average(d => d.Value);
        Assert.InRange(last / before, 1.15, 1.25);
        Assert.Equal(new DateOnly(2024, 2, 15), CentreCalendar.FirstDayAfterTet(2024));
        Assert.InRange(days[new(2024, 2, 15)] / (double)days[new(2024, 2, 22)], 1.85, 2.15);
        var morning = Of(2024)
            .Count(r => r.ReceivedAt.TimeOfDay >= new TimeSpan(7, 30, 0) && r.ReceivedAt.TimeOfDay < new TimeSpan(9, 30, 0));
        Assert.InRange(morning / 138_313.0, 0.40, 0.50);
    }

    [Fact]
    public void All_fields_occur_with_the_reported_groups_on_top()
    {
        var fields = Catalogue.All.ToDictionary(p => p.Code, p => p.Field);
        var ordered = Of(2024).GroupBy(r => fields[r.ProcedureCode]).OrderByDescending(g => g.Count()).Select(g => g.Key).ToList();
        Assert.Equal(Published.Fields, ordered.Count);
        Assert.Equal(["identity", "road-traffic", "criminal-records"], ordered.Take(3));
        Assert.All(Generated.Rows.Where(r => r.AgencyCode is not null), r => Assert.Equal("H15.101", r.AgencyCode));
    }

    [Fact]
    public void Rows_are_made_one_day_at_a_time()
    {
        using var rows = CentreYears.Rows().GetEnumerator();
        Take(10_000);
        var early = GC.GetTotalMemory(forceFullCollection: true);
        Take(250_000);
        var late = GC.GetTotalMemory(forceFullCollection: true);
        Assert.InRange(late - early, long.MinValue, 4 * 1024 * 1024);

        void Take(int count)
        {
            for (var i = 0; i < count; i++)
                Assert.True(rows.MoveNext());
        }
    }

    [GeneratedRegex(@"^000\.00\.\d{2}\.H15-\d{6}-\d{4,}$")]
    private static partial Regex DossierCode();

    [GeneratedRegex(@"^(066|054)9\d{8}$")]
    private static partial Regex Identity();

    [GeneratedRegex(@"^0199\d{7}$")]
    private static partial Regex Phone();
}
