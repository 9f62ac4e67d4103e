using System.Globalization;
using System.Text.Json.Nodes;
using Pac.CentreYear.Running;

namespace Pac.CentreYear.Tests;

/// <summary>The command as a whole, against answers of the documented shape.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task All_rows_are_sent_and_all_totals_agree()
    {
        using var host = new FakeHost { Reads = true };
        var (agrees, text) = await Run(host);
        Assert.True(agrees, text);
        Assert.Equal(271_997, host.LinesSent);
        Assert.Contains("0 new, 271,996 already there, 0 rejected", text, StringComparison.Ordinal);
        Assert.Contains("3.46 % (4,630 of 133,683)", text, StringComparison.Ordinal);
        Assert.Contains("99.99 % (125,298 of 125,310)", text, StringComparison.Ordinal);
        Assert.All(LateCase.All.Values, c => Assert.Contains(c.Cause, text, StringComparison.Ordinal));
        Assert.Contains("POST /api/v1/dossier-statistics/recount", host.Asked);
    }

    [Theory]
    [InlineData("groupBy=channel", "groups/0/returned", "given back at the centre")]
    [InlineData("groupBy=field", "groups/0/open", "groups that do not balance")]
    [InlineData("groupBy=month", "groups/13/received", "sum of the months of 2024")]
    [InlineData("year-on-year", "figures/late", "late in 2024")]
    [InlineData("year-on-year", "previous/received", "received in 2023")]
    public async Task A_figure_that_is_off_by_one_is_found(string path, string member, string what)
    {
        using var host = new FakeHost { Spoiled = (path, answer => Raise(answer, member)) };
        var (agrees, text) = await Run(host);
        Assert.False(agrees);
        Assert.Contains($"DIFFERS  {what}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_dossier_without_cause_is_found()
    {
        using var host = new FakeHost { Spoiled = ("late-dossiers", answer => answer["items"]![3]!.AsObject().Remove("lateCause")) };
        var (agrees, text) = await Run(host);
        Assert.False(agrees);
        Assert.Contains("DIFFERS  late dossiers named with their cause: 11, published 12", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recount_that_differs_is_found()
    {
        using var host = new FakeHost
        {
            Spoiled = (
                "jobs/recount",
                answer => answer["result"]!["differences"] = new JsonArray(new JsonObject { ["period"] = "2024-03" })
            ),
        };
        var (agrees, text) = await Run(host);
        Assert.False(agrees);
        Assert.Contains("2024-03", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_rows_are_printed_with_their_reason()
    {
        using var host = new FakeHost { Rejected = 1 };
        var (agrees, text) = await Run(host);
        Assert.False(agrees);
        Assert.Contains("line 2: code: The dossier code belongs to another dossier.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_failed_is_said_with_its_code()
    {
        using var host = new FakeHost
        {
            Spoiled = (
                "jobs/import",
                answer =>
                {
                    answer["state"] = "failed";
                    answer["error"] = "database-unreachable";
                }
            ),
        };
        var failure = await Assert.ThrowsAsync<UnexpectedAnswerException>(() => Run(host));
        Assert.Contains("database-unreachable", failure.Message, StringComparison.Ordinal);
    }

    private static void Raise(JsonNode answer, string member)
    {
        var parts = member.Split('/');
        var holder = parts[..^1]
            .Aggregate(answer, (node, part) => int.TryParse(part, CultureInfo.InvariantCulture, out var i) ? node[i]! : node[part]!);
        holder[parts[^1]] = holder[parts[^1]]!.GetValue<long>() + 1;
    }

    private static async Task<(bool Agrees, string Text)> Run(FakeHost host)
    {
        using var client = new PacClient(new("http://localhost:5080"), host) { Pause = TimeSpan.Zero };
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var agrees = await CentreYearRun.Run(client, output, TestContext.Current.CancellationToken);
        return (agrees, output.ToString());
    }
}
