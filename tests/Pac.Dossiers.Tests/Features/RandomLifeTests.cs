using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Whatever is done to dossiers in whatever order, every figure is what a recount of the dossiers gives, and the groups are the total.</summary>
public sealed class RandomLifeTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Address = "/api/v1/dossier-statistics";
    private const string Period = "from=2026-11-01&to=2027-03-31";

    private static readonly string[] Additive =
    [
        "received",
        "settled",
        "early",
        "onTime",
        "late",
        "returned",
        "withdrawn",
        "refused",
        "stopped",
        "rejected",
    ];

    private static readonly (string Act, object Body)[] Acts =
    [
        ("transfer", new { }),
        ("complete-step", new { }),
        ("accept", new { }),
        ("reject", new { reason = "Sai thủ tục", legalBasis = "Điều 17" }),
        (
            "request-supplement",
            new { items = new[] { new { code = "licence", reason = "ảnh mờ" } }, legalBasis = "Điều 11 Nghị định 118/2025/NĐ-CP" }
        ),
        ("submit-supplement", new { documents = Papers("licence") }),
        ("request-withdrawal", new { channel = "counter" }),
        ("decide-withdrawal", new { granted = true }),
        ("decide-withdrawal", new { granted = false, decision = "12/QĐ-CAT" }),
        ("stop", new { reason = "Không đủ điều kiện", legalBasis = "Điều 21" }),
        ("settle", Signed(lateCause: "Chờ xác minh")),
        ("settle", Signed(refusal: "Không đủ điều kiện", lateCause: "Chờ xác minh")),
        ("return", ByPost),
        ("reopen", new { reason = "Sai sót trong kết quả" }),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_a_random_life_every_figure_is_that_of_a_recount_and_groups_are_the_total(int seed)
    {
        var random = new Random(seed);
        List<string> dossiers = [];
        var done = 0;
        for (var i = 0; i < 45; i++)
        {
            // Over midnights, weekends, a holiday, the turn of the year and its 53rd week.
            Host.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 3000)));
            if (dossiers.Count < 6 || random.Next(6) == 0)
                dossiers.Add(await Begin(random));
            done += await ActOnce(dossiers[random.Next(dossiers.Count)], random) ? 1 : 0;
        }
        Assert.True(done > 20, $"Only {done} acts were done.");

        var job = (await Officer.Post(Address + "/recount", new { repair = false })).Expect(202);
        await Host.RunJobs();
        Assert.Empty((await Officer.Get(job.Location)).Json.GetProperty("result").GetProperty("differences").EnumerateArray());
        foreach (var definition in new[] { "byInstant", "byDay", "by766" })
        foreach (
            var groupBy in new[]
            {
                "day",
                "week",
                "month",
                "field",
                "agency",
                "centre",
                "procedure",
                "channel",
                "assistance",
                "week,channel",
            }
        )
        {
            var figures = (await Officer.Get($"{Address}?{Period}&groupBy={groupBy}&definition={definition}")).Expect(200).Json;
            foreach (var member in Additive)
                Assert.Equal(
                    (groupBy, member, Of(figures.GetProperty("totals"), member)),
                    (groupBy, member, figures.GetProperty("groups").EnumerateArray().Sum(g => Of(g, member)))
                );
        }

        static long Of(JsonElement figures, string member) => figures.TryGetProperty(member, out var value) ? value.GetInt64() : 0;
    }

    // Whatever is possible, at random; a dossier that has ended may allow nothing.
    private async Task<bool> ActOnce(string dossier, Random random)
    {
        var seen = (await Officer.Get(dossier)).Expect(200);
        foreach (var i in Enumerable.Range(0, Acts.Length).OrderBy(_ => random.Next()))
        {
            if (Acts[i].Act == "return" && Text(seen, "status") == "completed")
                seen = await PayAll(seen);
            if (Acts[i].Act == "reopen")
            {
                var leave = new { reason = "Sai sót trong kết quả", office = "Giám đốc" };
                var approved = await Leader.Post($"{dossier}/approve-reopening", leave, ("If-Match", seen.ETag));
                seen = approved.Status == 200 ? approved : seen;
            }
            var reply = await Officer.Post($"{dossier}/{Acts[i].Act}", Acts[i].Body, ("If-Match", seen.ETag));
            Assert.True(reply.Status < 500, reply.ToString());
            if (reply.Status == 200)
                return true;
        }
        return false;
    }

    private async Task<string> Begin(Random random)
    {
        var reply =
            random.Next(3) == 0
                ? await Officer.Post("/api/v1/online-submissions", Reception())
                : await Officer.Post(
                    "/api/v1/dossiers",
                    new Dictionary<string, object?>(Reception(random.Next(2) == 0 ? Licence : Origin))
                    {
                        ["channel"] = random.Next(2) == 0 ? "post" : "counter",
                    }
                );
        return reply.Expect(201).Location;
    }
}
