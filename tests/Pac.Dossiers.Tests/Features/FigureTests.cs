using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Two years of dossiers to count: every way of ending, on the day due and after it, and some that waited for a supplement.</summary>
public abstract class FigureTests(DossiersHost fixture) : DossierTests(fixture)
{
    protected const string Address = "/api/v1/dossier-statistics";

    protected async Task<JsonElement> Figures(string query, HttpClient? by = null) =>
        (await (by ?? Officer).Get($"{Address}?{query}")).Expect(200).Json;

    protected static string Row(
        string id,
        string received,
        string? settled = null,
        string outcome = "result",
        string due = "2025-12-31T17:00:00+07:00",
        string channel = "counter",
        string? returned = null,
        string? cause = null,
        string time = "08:00"
    ) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string?>
            {
                ["sourceId"] = id,
                ["code"] = $"H15.09-240101-{int.Parse(id, CultureInfo.InvariantCulture):0000}",
                ["procedureCode"] = Licence,
                ["centreCode"] = Facilities.Centre,
                ["channel"] = channel,
                ["applicantName"] = "Lê Văn Tám",
                ["receivedAt"] = received + "T08:00:00+07:00",
                ["dueAt"] = due,
                ["outcome"] = settled is null ? null : outcome,
                ["settledAt"] = settled is null ? null : $"{settled}T{time}:00+07:00",
                ["returnedAt"] = returned is null ? null : returned + "T08:00:00+07:00",
                ["returnMethod"] = returned is null ? null : "post",
                ["lateCause"] = cause,
            }
        );

    protected async Task Import(params IEnumerable<string> rows)
    {
        var body = Calls.Body(string.Join('\n', rows), "application/x-ndjson");
        var job = (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=igate", body)).Expect(202);
        await Host.RunJobs();
        Assert.Equal(0, (await Officer.Get(job.Location)).Json.GetProperty("result").GetProperty("rejected").GetInt64());
    }

    protected async Task Fill()
    {
        await Import(
            Row("1", "2023-11-20", "2023-12-05", returned: "2023-12-06"),
            Row("2", "2023-12-28", "2024-01-10", due: "2024-01-10T17:00:00+07:00", returned: "2024-01-11"),
            Row("3", "2023-12-29", "2024-02-01", due: "2024-01-15T17:00:00+07:00", cause: "Mất điện"),
            Row("4", "2024-01-02", "2024-01-05", "withdrawal"),
            Row("5", "2024-01-31", "2024-02-01", "stop", channel: "online"),
            Row("6", "2024-02-01", "2024-02-29", "refusal", channel: "online", returned: "2024-03-01"),
            Row("7", "2024-02-29", "2024-03-01", due: "2024-02-29T17:00:00+07:00", channel: "post", cause: "Quá tải"),
            Row("8", "2024-03-15"),
            Row("9", "2024-03-15", "2024-12-31", channel: "online"),
            // After closing time of the day due: late by instant, on time by day.
            Row("10", "2024-02-20", "2024-02-27", due: "2024-02-27T17:00:00+07:00", time: "17:30", cause: "Mất điện"),
            Row("11", "2024-02-01", "2024-04-01", due: "2024-03-15T17:00:00+07:00", channel: "online"),
            Row("12", "2024-02-01", "2024-03-25", due: "2024-03-15T17:00:00+07:00", channel: "post", cause: "Quá tải")
        );
        await Pause("11", due: "2024-03-15", ("2024-02-05", "2024-03-20")); // late, but not without the time of waiting
        await Pause("12", due: "2024-03-15", ("2024-02-05", "2024-02-06"), ("2024-02-07", "2024-02-08")); // asked twice
        await Settle(await Receive(Origin, Facilities.Ward));
        await Receive(Birth, Facilities.Ward, WardCommittee);
    }

    /// <summary>Gives an imported dossier a clock that stood still, and what that clock makes of the promise.</summary>
    protected async Task Pause(string sourceId, string due, params (string From, string? To)[] pauses)
    {
        var begin = await Host.Scalar<DateTime>("SELECT received_at FROM dossiers.dossiers WHERE source_id = $1", sourceId);
        var days = new[] { new DateOnly(2024, 2, 1), DateOnly.Parse(due, CultureInfo.InvariantCulture) };
        var from = begin.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        JsonArray segments = [];
        foreach (var (asked, answered) in pauses)
        {
            segments.Add(Segment(from, asked + "T10:00:00+07:00", "running", "received"));
            segments.Add(
                Segment(
                    asked + "T10:00:00+07:00",
                    answered is null ? null : answered + "T10:00:00+07:00",
                    "waitingForCitizen",
                    "supplementRequested"
                )
            );
            from = answered + "T10:00:00+07:00";
        }
        if (pauses[^1].To is not null)
            segments.Add(Segment(from, null, "running", "supplementSubmitted"));
        var clock = new JsonObject
        {
            ["rule"] = new JsonObject
            {
                ["term"] = new JsonObject { ["value"] = days[1].DayNumber - days[0].DayNumber, ["unit"] = "calendarDay" },
                ["policy"] = "endOfDay",
            },
            ["calendarCode"] = "dak-lak",
            ["calendarVersion"] = 1,
            ["segments"] = segments,
        };
        Assert.Equal(
            1,
            await Host.Sql(
                "UPDATE dossiers.dossiers SET clock = $1::jsonb, calendar_code = 'dak-lak' WHERE source_id = $2",
                clock.ToJsonString(),
                sourceId
            )
        );
    }

    /// <summary>Whether two answers say the same, whatever the order of members.</summary>
    protected static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected.GetRawText()), JsonNode.Parse(actual.GetRawText())),
            $"published {expected.GetRawText()}\ncounted   {actual.GetRawText()}"
        );

    private static JsonObject Segment(string from, string? to, string state, string reason)
    {
        var segment = new JsonObject
        {
            ["from"] = from,
            ["state"] = state,
            ["reason"] = reason,
        };
        if (to is not null)
            segment["to"] = to;
        return segment;
    }
}
