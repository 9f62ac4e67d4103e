using System.Globalization;
using System.Text.Json;

namespace Pac.CentreYear.Running;

/// <summary>A figure beside the one that was published.</summary>
internal sealed record Check(string What, string Wanted, string Found)
{
    public bool Agrees => Wanted == Found;
}

/// <summary>The statistics of the years as the host gives them.</summary>
/// <param name="Months">Both years by month.</param>
/// <param name="Fields">2024 by field.</param>
/// <param name="Channels">2024 by channel.</param>
/// <param name="Years">2024 beside 2023.</param>
/// <param name="Late">The late dossiers of 2024.</param>
internal sealed record YearReport(JsonElement Months, JsonElement Fields, JsonElement Channels, JsonElement Years, JsonElement Late)
{
    private static readonly string[] Columns = ["carriedOver", "received", "settled", "early", "onTime", "late", "returned", "open"];

    public void Print(TextWriter output)
    {
        Table(output, "2023 and 2024 by month", Months, "month");
        Table(output, "2024 by field", Fields, "field");
        Table(output, "2024 by channel", Channels, "channel");
        output.WriteLine();
        output.WriteLine($"Received 2023     {Number(Previous, "received"), 10}");
        output.WriteLine($"Received 2024     {Number(Year, "received"), 10}   {Signed(Years.GetProperty("difference").GetInt64())}");
        output.WriteLine($"Growth            {Rate(Years.GetProperty("growth"))}");
        output.WriteLine($"Early or on time  {Rate(Year.GetProperty("onTimeRate"))}");
        output.WriteLine();
        output.WriteLine($"Late dossiers of 2024: {LateDossiers.Count}");
        foreach (var dossier in LateDossiers)
            output.WriteLine(
                $"  {Text(dossier, "code"), -28} {Text(dossier, "fieldCode"), -18} due {Text(dossier, "dueAt")[..10]}  settled {Text(dossier, "settledAt")[..10]}  {Text(dossier, "lateCause")}"
            );
    }

    /// <summary>Every published total, and the balance of every group.</summary>
    public IReadOnlyList<Check> Checks()
    {
        var year = Published.Year;
        return
        [
            Of("received in 2023", Published.Before.Received, Get(Previous, "received")),
            Of("received in 2024", year.Received, Get(Year, "received")),
            Of("more than in 2023", 4_630, Years.GetProperty("difference").GetInt64()),
            new("growth in per cent", "3.46", Text(Years.GetProperty("growth"), "percent")),
            Of("carried over into 2024", 0, Get(Year, "carriedOver")),
            Of("given back in 2024", 125_310, Get(Year, "returned")),
            Of("given back at the centre", 87_119, Get(Channel("counter"), "returned")),
            Of("given back online", 38_191, Get(Channel("online"), "returned")),
            Of("settled in 2024", year.Returned.Total, Get(Year, "settled")),
            Of("open at the end of 2024", year.Open.Total, Get(Year, "open")),
            Of(
                "early or on time",
                year.Returned.Total - Published.Late,
                Year.GetProperty("onTimeRate").GetProperty("numerator").GetInt64()
            ),
            Of("of all settled", year.Returned.Total, Year.GetProperty("onTimeRate").GetProperty("denominator").GetInt64()),
            new("early or on time in per cent", "99.99", Text(Year.GetProperty("onTimeRate"), "percent")),
            Of("late in 2024", Published.Late, Get(Year, "late")),
            Of("late dossiers named with their cause", Published.Late, LateDossiers.Count(d => Text(d, "lateCause").Length > 0)),
            Of("fields in 2024", Published.Fields, Groups(Fields).Count(g => Get(g, "received") > 0)),
            Of(
                "sum of the months of 2024",
                year.Received,
                Groups(Months).Where(g => Key(g, "month").StartsWith("2024-", StringComparison.Ordinal)).Sum(g => Get(g, "received"))
            ),
            Of("sum of the fields", year.Received, Groups(Fields).Sum(g => Get(g, "received"))),
            Of("sum of the channels", year.Received, Groups(Channels).Sum(g => Get(g, "received"))),
            Of("groups that do not balance", 0, All().Count(f => !Balances(f))),
        ];
    }

    private JsonElement Year => Years.GetProperty("figures");

    private JsonElement Previous => Years.GetProperty("previous");

    private List<JsonElement> LateDossiers => [.. Late.GetProperty("items").EnumerateArray()];

    private static void Table(TextWriter output, string title, JsonElement statistics, string dimension)
    {
        output.WriteLine();
        output.WriteLine($"{title, -24}{string.Concat(Columns.Select(c => c.PadLeft(12)))}     share on time");
        foreach (var group in Groups(statistics))
            Line(Key(group, dimension), group);
        Line("total", statistics.GetProperty("totals"));

        void Line(string name, JsonElement figures) =>
            output.WriteLine(
                $"  {name, -22}{string.Concat(Columns.Select(c => Number(figures, c).PadLeft(12)))}     {Rate(figures.GetProperty("onTimeRate"))}"
            );
    }

    private JsonElement Channel(string name) => Groups(Channels).Where(g => Key(g, "channel") == name).DefaultIfEmpty(default).First();

    private IEnumerable<JsonElement> All() =>
        new[] { Months, Fields, Channels }.SelectMany(s => Groups(s).Append(s.GetProperty("totals"))).Append(Year).Append(Previous);

    private static bool Balances(JsonElement f) => Get(f, "received") + Get(f, "carriedOver") == Get(f, "settled") + Get(f, "open");

    private static IEnumerable<JsonElement> Groups(JsonElement statistics) => statistics.GetProperty("groups").EnumerateArray();

    private static string Key(JsonElement group, string dimension) => Text(group.GetProperty("key"), dimension);

    private static Check Of(string what, long wanted, long found) => new(what, Number(wanted), Number(found));

    // A figure that is missing is told from one that is 0.
    private static long Get(JsonElement figures, string name) =>
        figures.ValueKind == JsonValueKind.Object && figures.TryGetProperty(name, out var value) ? value.GetInt64() : -1;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Number(JsonElement figures, string name) => Number(Get(figures, name));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Signed(long number) => number.ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture);

    private static string Rate(JsonElement rate) =>
        $"{(Text(rate, "percent") is { Length: > 0 } percent ? percent + " %" : "-")} ({Number(rate, "numerator")} of {Number(rate, "denominator")})";
}
