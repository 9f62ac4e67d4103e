using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Retaining;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>A host whose operator has set a time for the erasure.</summary>
public sealed class ErasingHost() : DossiersHost(new() { ["Retention:EraseAt"] = "02:00" });

/// <summary>What is due is erased by itself, once a day, and what the run did is kept.</summary>
public sealed class ErasureScheduleTests(ErasingHost fixture) : DossierTests(fixture), IClassFixture<ErasingHost>
{
    private const string Marked = "Hoàng Thị Dấu Vết";

    [Fact]
    public async Task What_is_due_is_erased_at_night_unless_it_is_held_and_the_run_is_kept()
    {
        var due = await Closed();
        var held = await Closed();
        var answer = (
            await Officer.Post(
                "/api/v1/counter-answers",
                new
                {
                    centreCode = Facilities.Centre,
                    procedureCode = Licence,
                    kind = "refusal",
                    reason = "Giấy tờ của " + Marked + " không hợp lệ",
                    legalBasis = "Nghị định 118/2025/NĐ-CP",
                    person = new { name = Marked, identityNumber = "066190729164" },
                }
            )
        ).Expect(201);
        Assert.Equal("02:00", Text(await Officer.Get("/api/v1/retention"), "eraseDailyAt"));
        Host.Clock.Now = DakLak.At("2036-12-24 01:59");
        Assert.False(await Queue(Host));
        Host.Clock.Now = DakLak.At("2036-12-24 02:00");
        (await Officer.Post(Path(held) + "/legal-hold", new { reason = "Tòa án yêu cầu" })).Expect(200);
        await using var sibling = await Host.Sibling();
        sibling.Clock.Now = Host.Clock.Now;
        Assert.Single(await Task.WhenAll(Queue(Host), Queue(sibling)), queued => queued);
        await Host.RunJobs();
        Assert.False(await Queue(Host));

        var run = Assert.Single(Items(await Officer.Get("/api/v1/retention/erasures")));
        Assert.Equal(
            ("2036-12-24", "succeeded", "system", 1, 1, 1),
            (
                run.GetProperty("day").GetString(),
                run.GetProperty("state").GetString(),
                run.GetProperty("orderedBy").GetString(),
                run.GetProperty("dossiers").GetInt32(),
                run.GetProperty("counterAnswers").GetInt32(),
                run.GetProperty("held").GetInt32()
            )
        );
        Assert.True((await Officer.Get(Path(due))).Expect(200).Json.TryGetProperty("personalDataErasedAt", out _));
        Assert.False((await Officer.Get(Path(held))).Expect(200).Json.TryGetProperty("personalDataErasedAt", out _));
        Assert.DoesNotContain(Marked, (await Officer.Get(answer.Location)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Host.Scalar<long>($"SELECT count(*) FROM dossiers.counter_answers a WHERE a::text LIKE '%{Marked}%'"));
        (await Over("centre:" + Facilities.Centre).Get("/api/v1/retention/erasures")).Expect(403);
    }

    [Fact]
    public async Task The_words_of_a_cause_go_and_proof_and_report_07a_stay_as_they_were()
    {
        const string cause = "Chờ bà " + Marked + " bổ sung";
        Host.Clock.Now = DakLak.At("2026-11-23 09:00");
        var dossier = await ToLastStep(await Receive());
        var other = await ToLastStep(await Receive());
        Host.Clock.Now = DakLak.At("2026-12-02 09:00");
        foreach (var late in new[] { dossier, other })
            (await Act(await PayAll((await Act(late, "settle", Signed(lateCause: cause))).Expect(200)), "return", ByPost)).Expect(200);
        var (proof, report) = (await Proof(), await Report());
        Assert.Equal((cause, 2), (report.GetProperty("cause").GetString(), report.GetProperty("count").GetInt32()));

        Host.Clock.Now = DakLak.At("2036-12-24 03:00");
        (await Officer.Post(Path(other) + "/legal-hold", new { reason = "Tòa án yêu cầu" })).Expect(200);
        proof = await Proof();
        await Queue(Host);
        await Host.RunJobs();
        Assert.Equal(1, await Host.Scalar<long>($"SELECT count(*) FROM dossiers.dossiers d WHERE d::text LIKE '%{Marked}%'"));
        Assert.Equal(proof, await Proof());
        // Of two with one cause the words of one are left, and they are still one row.
        var after = await Report();
        Assert.Equal(
            (report.GetProperty("causeHash").GetString(), 2),
            (after.GetProperty("causeHash").GetString(), after.GetProperty("count").GetInt32())
        );

        (await Officer.Post(Path(other) + "/legal-hold/end", null)).Expect(200);
        Host.Clock.Now = DakLak.At("2036-12-25 03:00");
        await Queue(Host);
        await Host.RunJobs();
        after = await Report();
        Assert.False(after.TryGetProperty("cause", out _));
        Assert.Equal(report.GetProperty("causeHash").GetString(), after.GetProperty("causeHash").GetString());
        Assert.Equal(proof, await Proof());
        Assert.Equal(0, await Host.Scalar<long>($"SELECT count(*) FROM dossiers.dossiers d WHERE d::text LIKE '%{Marked}%'"));
    }

    private static Task<bool> Queue(ModuleHost host) =>
        host.Services.GetRequiredService<ErasureSchedule>().QueueToday(TestContext.Current.CancellationToken);

    private async Task<Reply> Closed() => (await Act(await SettlePaid(await Receive()), "return", ByPost)).Expect(200);

    private async Task<JsonElement> Report() =>
        Assert.Single(
            (await Officer.Get("/api/v1/dossier-statistics/reports/07a?periodFrom=2026-12-01&periodTo=2026-12-31&by=field"))
                .Expect(200)
                .Json.GetProperty("rows")
                .EnumerateArray()
        );

    private async Task<string> Proof()
    {
        var lines = (await Officer.Get("/api/v1/dossier-statistics/proof?from=2026-01-01&to=2026-12-31"))
            .Expect(200)
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return JsonSerializer.Deserialize<JsonElement>(lines[^1]).GetProperty("lastHash").GetString()!;
    }
}
