using System.Globalization;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>Whoever works at one centre sees that centre's dossiers and no other, whichever way is tried.</summary>
public sealed class DataScopeTests(SharedHost fixture)
{
    [Fact]
    public async Task Staff_of_one_centre_neither_see_nor_touch_the_dossiers_of_another()
    {
        var (officer, officer2) = (await fixture.Host.User("officer"), await fixture.Host.User("officer2"));
        var foreign = (await officer.Receives()).Expect(201);
        var own = (await officer2.Receives(new { name = "Người nộp" }, centreCode: Sandbox.CommuneCentre)).Expect(201);
        var foreignPath = foreign.Location;

        (await officer2.Get(own.Location)).Expect(200);
        (await officer.Get(foreignPath)).Expect(200);
        (await officer.Get(own.Location)).Expect(404);
        var unknown = await officer2.Get("/api/v1/dossiers/" + Guid.CreateVersion7());
        var hidden = await officer2.Get(foreignPath);
        Assert.Equal(unknown.Expect(404).Code, hidden.Expect(404).Code);
        foreach (var part in new[] { "/timeline", "/documents", "/steps", "/applicant", "/forms/01", "/forms/01?format=pdf" })
        {
            (await officer.Get(foreignPath + part)).Expect(200);
            (await officer2.Get(foreignPath + part)).Expect(404);
        }
        (await officer2.Post(foreignPath + "/transfer", new { }, ("If-Match", foreign.ETag))).Expect(404);
        (await officer2.Post(foreignPath + "/return", new { method = "counter" }, ("If-Match", foreign.ETag))).Expect(404);
        Assert.Equal(foreign.ETag, (await officer.Get(foreignPath)).ETag);

        Assert.Equal(0, await Found(officer2, "code=" + Code(foreign)));
        Assert.Equal(0, await Found(officer2, "centreCode=" + Sandbox.ProvincialCentre));
        Assert.Equal(1, await Found(officer2, "code=" + Code(own)));
        Assert.Equal(1, await Found(officer, "code=" + Code(foreign)));
        (await officer2.Receives(new { name = "Người nộp" }, centreCode: Sandbox.ProvincialCentre)).Expect(403, "dossiers.outside-scope");
    }

    [Fact]
    public async Task Figures_and_lists_of_late_dossiers_hold_only_what_may_be_seen()
    {
        var (director, director2) = (await fixture.Host.User("director"), await fixture.Host.User("director2"));
        var officer2 = await fixture.Host.User("officer2");
        var before = await Received(director2);
        (await officer2.Receives(new { name = "Người nộp" }, centreCode: Sandbox.CommuneCentre)).Expect(201);
        (await (await fixture.Host.User("officer")).Receives()).Expect(201);

        Assert.Equal(before + 1, await Received(director2));
        Assert.Equal(0, await Received(director2, "&centreCode=" + Sandbox.ProvincialCentre));
        Assert.True(await Received(director, "&centreCode=" + Sandbox.ProvincialCentre) > 0);
        Assert.Equal(await Received(director2), await Received(director, "&centreCode=" + Sandbox.CommuneCentre));

        var late = await ImportLateDossier();
        var period = "/api/v1/dossier-statistics/late-dossiers?from=2025-08-01&to=2025-08-31&limit=100";
        Assert.Contains(late, (await director.Get(period)).Expect(200).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(late, (await director2.Get(period)).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_and_its_faults_are_seen_by_the_one_who_asked_for_it_alone()
    {
        var machine = await fixture.Host.Machine();
        var job = (await machine.Post("/api/v1/dossier-statistics/recount", new { })).Expect(202);
        await machine.JobDone(job);
        var path = "/api/v1/jobs/" + job.Json.GetProperty("id").GetGuid();
        var director = await fixture.Host.User("director");

        (await machine.Get(path)).Expect(200);
        (await director.Get(path)).Expect(404);
        (await director.Get(path + "/events")).Expect(404);
    }

    private async Task<string> ImportLateDossier()
    {
        var code = "H15.02-250801-" + Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);
        var machine = await fixture.Host.Machine();
        var file =
            "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt,dueAt,outcome,settledAt\n"
            + $"{code},{code},1.014196,dak-lak,counter,Người nộp,2025-08-01T08:00:00+07:00,2025-08-05T17:00:00+07:00,result,2025-08-06T10:00:00+07:00\n";
        var job = await machine.JobDone(
            await machine.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=late", Calls.Body(file, "text/csv"))
        );
        Assert.Equal(1, job.GetProperty("result").GetProperty("imported").GetInt64());
        return code;
    }

    private static string Code(Reply dossier) => dossier.Json.GetProperty("code").GetString()!;

    private static async Task<long> Found(HttpClient client, string filter) =>
        (await client.Get($"/api/v1/dossiers?withTotal=true&{filter}")).Expect(200).Json.GetProperty("total").GetInt64();

    private static async Task<long> Received(HttpClient client, string filter = "")
    {
        var year = TimeProvider.System.GetUtcNow().AddHours(7).Year;
        var reply = await client.Get($"/api/v1/dossier-statistics?from={year}-01-01&to={year}-12-31{filter}");
        return reply.Expect(200).Json.GetProperty("totals").GetProperty("received").GetInt64();
    }
}
