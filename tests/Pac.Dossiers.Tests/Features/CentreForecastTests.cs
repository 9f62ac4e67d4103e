using System.Text.Json;
using Pac.CentreYear;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The forecast on the years of the provincial centre, whose Mondays, last quarters and days after Tết are known.</summary>
public sealed class CentreForecastTests(DossiersHost fixture) : DossierTests(fixture)
{
    private static readonly Lazy<IReadOnlyList<(DateOnly Day, string Procedure, int Count)>> Counted = new(() =>
        [
            .. CentreYears
                .Rows()
                .GroupBy(r => (Day: DateOnly.FromDateTime(r.ReceivedAt.DateTime), r.ProcedureCode))
                .Select(g => (g.Key.Day, g.Key.ProcedureCode, g.Count())),
        ]
    );

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Facilities.Calendar = CentreCalendar.Calendar.Definition with { Version = 2 };
        var rows = Counted.Value;
        await Host.Sql(
            """
            INSERT INTO dossiers.summaries (grain, period, centre_code, agency_code, field_code, procedure_code, channel,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped)
            SELECT 'd', r.day, 'dak-lak', 'H15.09', p.field_code, p.code, 'Counter', r.count, 0, 0, 0, 0, 0, 0, 0, 0
            FROM unnest($1::date[], $2::text[], $3::int[]) AS r (day, code, count) JOIN dossiers.procedures p ON p.code = r.code
            """,
            rows.Select(r => r.Day).ToArray(),
            rows.Select(r => r.Procedure).ToArray(),
            rows.Select(r => r.Count).ToArray()
        );
    }

    // Towards the end of the year the fields change places, for only what is fast is begun; the way of each field is chosen anew.
    [Theory]
    [InlineData("2024-05-13", 9)]
    [InlineData("2024-08-26", 9)]
    [InlineData("2025-01-02", 8)]
    public async Task Its_published_error_is_below_those_of_the_naive_forecasts_beside_it(string from, int fieldsOfTen)
    {
        var fields = await Forecast(from, from);
        Assert.True(fields.Count >= 15);
        long Error(JsonElement field, string way) => field.GetProperty("backTest").GetProperty(way).GetProperty("absoluteError").GetInt64();
        var (model, lastWeek, lastYear) = (
            fields.Sum(f => Error(f, "model")),
            fields.Sum(f => Error(f, "sameDayLastWeek")),
            fields.Sum(f => Error(f, "sameDayLastYear"))
        );
        Assert.True(model < lastWeek && model < lastYear, $"{model} against {lastWeek} and {lastYear}");
        var better = fields.Count(f => Error(f, "model") < Error(f, "sameDayLastWeek"));
        Assert.True(better * 10 >= fields.Count * fieldsOfTen, $"better in {better} of {fields.Count} fields");
        Assert.All(
            fields,
            f =>
            {
                foreach (var way in new[] { "model", "sameDayLastWeek", "sameDayLastYear" })
                    Assert.True(f.GetProperty("backTest").GetProperty(way).TryGetProperty("meanAbsoluteError", out _));
            }
        );
    }

    [Fact]
    public async Task Mondays_are_fuller_than_Fridays_and_nobody_comes_on_Sundays()
    {
        var days = Days(await Forecast("2024-08-05", "2024-08-11"));
        var (monday, friday) = (days[new(2024, 8, 5)], days[new(2024, 8, 9)]);
        Assert.InRange(monday.Expected / (decimal)friday.Expected, 1.4m, 1.8m); // 1.35 to 0.85
        Assert.Equal(0, days[new(2024, 8, 11)].Expected);
        Assert.InRange(monday.Expected, monday.Received * 0.9m, monday.Received * 1.1m);
    }

    [Fact]
    public async Task The_last_quarter_is_seen_coming()
    {
        var days = Days(await Forecast("2024-09-16", "2024-10-13"));
        decimal Mean(int month) => (decimal)days.Where(d => d.Key.Month == month && d.Value.IsOpen).Average(d => (double)d.Value.Expected);
        Assert.InRange(Mean(10) / Mean(9), 1.08m, 1.3m);
    }

    [Fact]
    public async Task The_day_after_Tet_is_like_no_other_and_Tet_itself_is_empty()
    {
        var days = Days(await Forecast("2024-02-05", "2024-02-29"));
        var after = CentreCalendar.FirstDayAfterTet(2024);
        var (first, weekLater) = (days[after], days[after.AddDays(7)]);
        Assert.True(first.Expected > weekLater.Expected * 1.2m, $"{first} {weekLater}");
        Assert.All(days.Where(d => !d.Value.IsOpen), d => Assert.Equal(0, d.Value.Expected));
        Assert.False(days[new(2024, 2, 12)].IsOpen);
        // Whoever looks a week back sees a closed centre and expects nobody.
        Assert.True(Math.Abs(first.Expected - first.Received) < first.Received);
    }

    private async Task<List<JsonElement>> Forecast(string from, string to) =>
        [.. Items(await Officer.Get($"/api/v1/dossier-forecasts?from={from}&to={to}"), "fields")];

    // All fields together.
    private static Dictionary<DateOnly, (bool IsOpen, long Expected, long Received)> Days(List<JsonElement> fields) =>
        fields
            .SelectMany(f => f.GetProperty("days").EnumerateArray())
            .GroupBy(d => DateOnly.Parse(d.GetProperty("day").GetString()!, System.Globalization.CultureInfo.InvariantCulture))
            .ToDictionary(
                g => g.Key,
                g =>
                    (
                        g.First().GetProperty("isOpen").GetBoolean(),
                        g.Sum(d => d.GetProperty("expected").GetInt64()),
                        g.Sum(d => d.GetProperty("received").GetInt64())
                    )
            );
}
