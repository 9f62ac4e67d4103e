using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The way of a dossier from the counter to the return, each act on the state that was seen.</summary>
public sealed class HandlingTests(DossiersHost fixture) : DossierTests(fixture)
{
    private static readonly string[] Acts = ["transfer", "assign", "complete-step", "settle", "return"];

    private static object BodyOf(string act) =>
        act switch
        {
            "assign" => new { assignee = "case-officer-7" },
            "settle" => Signed(),
            "return" => ByPost,
            _ => new { },
        };

    [Fact]
    public async Task A_dossier_goes_from_the_counter_to_the_return()
    {
        var dossier = await Receive(Origin);
        Host.Clock.Now = DakLak.At("2026-11-23 10:00");
        dossier = (await Act(dossier, "transfer", new { note = "đủ giấy tờ" })).Expect(200);
        Assert.Equal(("inProcess", 2), (Text(dossier, "status"), dossier.Json.GetProperty("currentStep").GetInt32()));

        dossier = (await Act(dossier, "assign", new { assignee = "case-officer-7" })).Expect(200);
        Assert.Equal("case-officer-7", Text(dossier, "assignedTo"));

        Host.Clock.Now = DakLak.At("2026-11-23 14:00");
        dossier = (await Act(dossier, "complete-step")).Expect(200);
        Assert.False(dossier.Json.TryGetProperty("assignedTo", out _));
        dossier = (await Act(dossier, "complete-step")).Expect(200);
        Assert.Equal(4, dossier.Json.GetProperty("currentStep").GetInt32());

        Host.Clock.Now = DakLak.At("2026-11-23 16:00");
        dossier = (await Act(dossier, "settle", Signed())).Expect(200);
        Assert.Equal(("completed", "result"), (Text(dossier, "status"), Text(dossier, "outcome")));
        Assert.Equal(("2026-11-23T16:00:00+07:00", 9), (Text(dossier, "settledAt"), dossier.Json.GetProperty("nationalStatus").GetInt32()));
        Assert.Equal("12/GP", dossier.Json.GetProperty("result").GetProperty("number").GetString());
        Assert.False(dossier.Json.TryGetProperty("currentStep", out _));
        Assert.Equal(
            "2026-11-23T16:00:00+07:00",
            dossier.Json.GetProperty("clock").GetProperty("segments")[0].GetProperty("to").GetString()
        );

        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        dossier = (
            await Act(
                dossier,
                "return",
                new
                {
                    method = "counter",
                    receiver = Person.Name,
                    identityCheck = "identityCard",
                }
            )
        ).Expect(200);
        Assert.Equal(
            ("returned", "counter", "2026-11-25T08:00:00+07:00"),
            (Text(dossier, "status"), Text(dossier, "returnMethod"), Text(dossier, "returnedAt"))
        );

        Assert.Equal(dossier.Text, (await Officer.Get(Path(dossier))).Expect(200).Text);
        Assert.Equal(dossier.ETag, (await Officer.Get(Path(dossier))).ETag);
    }

    [Fact]
    public async Task The_steps_tell_who_handed_over_when_and_whether_in_time()
    {
        var dossier = await Receive(); // six steps of 2, 2, 12, 2, 4 and 2 hours
        Host.Clock.Now = DakLak.At("2026-11-23 11:00"); // at the very instant its two hours are over
        dossier = (await Act(dossier, "transfer", new { note = "đủ" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-23 15:01"); // due at 15:00
        dossier = (await Act(dossier, "complete-step")).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-23 16:00"); // due on the 26th at 11:00
        dossier = (await Act(dossier, "complete-step")).Expect(200);

        var steps = Items(await Officer.Get(Path(dossier) + "/steps"), "steps");
        Assert.Equal([1, 2, 3, 4, 5, 6], steps.Select(s => s.GetProperty("number").GetInt32()));
        Assert.Equal(
            ["onTime", "late", "early", null, null, null],
            steps.Select(s => s.TryGetProperty("result", out var result) ? result.GetString() : null)
        );
        Assert.Equal("2026-11-23T11:00:00+07:00", steps[0].GetProperty("dueAt").GetString());
        Assert.Equal("2026-11-23T15:00:00+07:00", steps[1].GetProperty("dueAt").GetString());
        Assert.Equal(("đủ", "test-user"), (steps[0].GetProperty("note").GetString(), steps[0].GetProperty("givenBy").GetString()));
        Assert.Equal(("unitHead", 2), (steps[3].GetProperty("role").GetString(), steps[3].GetProperty("allottedHours").GetInt32()));
        Assert.True(steps[3].TryGetProperty("startedAt", out _));
        Assert.False(steps[4].TryGetProperty("startedAt", out _));
    }

    [Fact]
    public async Task The_timeline_tells_every_act_oldest_first()
    {
        var dossier = await Receive(Origin);
        foreach (var act in new[] { "transfer", "assign", "complete-step", "complete-step", "settle", "return" })
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(5));
            dossier = (await Act(dossier, act, BodyOf(act))).Expect(200);
        }

        var entries = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries");
        Assert.Equal(
            [
                ("received", null),
                ("transferred", Trade),
                ("assigned", "case-officer-7"),
                ("stepCompleted", "caseOfficer"),
                ("stepCompleted", "leader"),
                ("settled", "result"),
                ("returned", "post"),
            ],
            entries.Select(e => (e.GetProperty("act").GetString()!, e.TryGetProperty("detail", out var detail) ? detail.GetString() : null))
        );
        Assert.Equal("2026-11-23T09:30:00+07:00", entries[^1].GetProperty("at").GetString());
        Assert.All(entries, e => Assert.Equal("test-user", e.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task Acts_in_one_and_the_same_instant_keep_their_order_in_the_timeline()
    {
        var dossier = await Settle(await Receive());
        var entries = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries");
        Assert.Equal(
            ["received", "transferred", "stepCompleted", "stepCompleted", "stepCompleted", "stepCompleted", "settled", "paymentRequested"],
            entries.Select(e => e.GetProperty("act").GetString())
        );
        Assert.Single(entries.Select(e => e.GetProperty("at").GetString()).Distinct());
    }

    [Fact]
    public async Task The_documents_are_the_published_list_with_what_was_handed_in()
    {
        var dossier = await Receive();
        var documents = Items(await Officer.Get(Path(dossier) + "/documents"), "documents");
        Assert.Equal(["form", "health", "licence"], documents.Select(d => d.GetProperty("code").GetString()));
        Assert.Equal("Giấy phép lái xe cũ", documents[2].GetProperty("name").GetString());
        Assert.Equal("original", documents[0].GetProperty("handedIn").GetProperty("kind").GetString());
        Assert.False(documents[1].TryGetProperty("handedIn", out _));
        Assert.True(documents[1].GetProperty("fromSharedData").GetBoolean());

        var english = Items(await Officer.Get(Path(dossier) + "/documents", ("Accept-Language", "en")), "documents");
        Assert.Equal("Old driving licence", english[2].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("transfer")]
    [InlineData("assign")]
    [InlineData("complete-step")]
    [InlineData("settle")]
    [InlineData("return")]
    public async Task Every_act_needs_the_state_that_was_seen(string act)
    {
        var dossier = await Receive();
        var path = $"{Path(dossier)}/{act}";
        (await Officer.Post(path, BodyOf(act))).Expect(428, "precondition-required");
        (await Officer.Post(path, BodyOf(act), ("If-Match", "\"1\""))).Expect(412, "stale");
        (await Officer.Post(path, BodyOf(act), ("If-Match", "*"))).Expect(412, "stale");
        (await Officer.Post($"/api/v1/dossiers/{Guid.CreateVersion7()}/{act}", BodyOf(act), ("If-Match", dossier.ETag))).Expect(
            404,
            "dossier-not-found"
        );
        Assert.Equal(dossier.Text, (await Officer.Get(Path(dossier))).Text);
    }

    [Fact]
    public async Task A_tag_is_used_up_by_the_act_it_was_given_for()
    {
        var received = await Receive();
        var transferred = (await Act(received, "transfer")).Expect(200);
        Assert.NotEqual(received.ETag, transferred.ETag);
        (await Act(received, "transfer")).Expect(412, "stale");
        (await Act(transferred, "transfer")).Expect(409, "dossiers.not-received");
    }

    [Fact]
    public async Task Acts_out_of_turn_are_conflicts()
    {
        var received = await Receive(Origin);
        (await Act(received, "complete-step")).Expect(409, "dossiers.not-in-process");
        (await Act(received, "settle", Signed())).Expect(409, "dossiers.not-in-process");
        (await Act(received, "return", BodyOf("return"))).Expect(409, "dossiers.not-completed");
        var inProcess = (await Act(received, "transfer")).Expect(200);
        (await Act(inProcess, "settle", Signed())).Expect(409, "dossiers.steps-open");
        var last = (await Act((await Act(inProcess, "complete-step")).Expect(200), "complete-step")).Expect(200);
        (await Act(last, "complete-step")).Expect(409, "dossiers.last-step");
    }

    [Fact]
    public async Task A_refusal_may_come_early_and_says_why()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        dossier = (await Act(dossier, "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200);
        Assert.Equal(("completed", "refusal"), (Text(dossier, "status"), Text(dossier, "outcome")));
        Assert.Equal("Không đủ điều kiện", dossier.Json.GetProperty("result").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_late_dossier_needs_its_cause()
    {
        var dossier = await ToLastStep(await Receive(Origin)); // due on the 25th at 9:00
        Host.Clock.Now = DakLak.At("2026-11-25 09:01");
        (await Act(dossier, "settle", Signed())).Expect(422, "dossiers.late-cause-missing");
        dossier = (await Act(dossier, "settle", Signed(lateCause: "Mất điện diện rộng"))).Expect(200);
        Assert.Equal("Mất điện diện rộng", Text(dossier, "lateCause"));
        Assert.False((await Officer.Get(Path(dossier) + "/clock")).Expect(200).Json.GetProperty("onTimeByIndex").GetBoolean());
        (await Act(dossier, "return", new { method = "counter" })).Expect(422, "dossiers.receiver-missing");
        (
            await Act(
                dossier,
                "return",
                new
                {
                    method = "counter",
                    receiver = "Trần Văn Bình",
                    identityCheck = "identityCard",
                }
            )
        ).Expect(200);
    }

    [Theory]
    [InlineData("assign", """{"assignee":""}""")]
    [InlineData("settle", """{"number":"","date":"2026-11-23","signer":"a"}""")]
    [InlineData("settle", """{"number":"1","date":"2026-11-23","signer":" "}""")]
    [InlineData("settle", """{"number":"1","date":"2026-11-23","signer":"a","refusalReason":""}""")]
    [InlineData("return", """{"method":"pigeon"}""")]
    [InlineData("return", """{"method":1}""")]
    [InlineData("transfer", """{"note":5}""")]
    [InlineData("transfer", """{"remark":"x"}""")]
    [InlineData("transfer", "null")]
    public async Task The_shape_of_every_act_is_checked(string act, string body) =>
        Assert.Equal(400, (await Act(await Receive(), act, body)).Status);

    [Fact]
    public async Task An_act_repeated_with_its_key_is_done_once()
    {
        var received = await Receive();
        var key = ("Idempotency-Key", "transfer-1");
        var first = (await Officer.Post(Path(received) + "/transfer", new { }, ("If-Match", received.ETag), key)).Expect(200);
        var again = (await Officer.Post(Path(received) + "/transfer", new { }, ("If-Match", received.ETag), key)).Expect(200);
        Assert.Equal((first.Text, first.ETag), (again.Text, again.ETag));
        (await Act(first, "complete-step")).Expect(200);
    }

    [Fact]
    public async Task Of_two_settlements_of_one_state_exactly_one_is_done()
    {
        await using var second = await Host.Sibling();
        HttpClient[] officers = [Officer, second.Client(Everything)];
        for (var round = 0; round < 5; round++)
        {
            var dossier = await ToLastStep(await Receive(Origin));
            var replies = await Task.WhenAll(officers.Select(o => Act(dossier, "settle", Signed(), o)));
            Assert.Equal(1, replies.Count(r => r.Status == 200));
            Assert.Single(replies, r => r.Status is 409 or 412);
        }
        Assert.Equal(5, await Host.Scalar<long>("SELECT sum(settled)::bigint FROM dossiers.summaries WHERE grain = 'd'"));
        Assert.Equal(5, await Host.Scalar<long>("SELECT count(*) FROM dossiers.timeline WHERE act = 'settled'"));
    }

    [Fact]
    public async Task Each_act_needs_its_own_permission()
    {
        string[] needed = ["dossiers.transfer", "dossiers.assign", "dossiers.process", "dossiers.settle", "dossiers.return"];
        var dossier = await Receive();
        foreach (var (act, permission) in Acts.Zip(needed))
        {
            var others = Host.Client([.. Everything.Where(p => p != permission)]);
            (await Act(dossier, act, BodyOf(act), others)).Expect(403, "forbidden");
            (await Host.Anonymous().Post($"{Path(dossier)}/{act}", BodyOf(act), ("If-Match", dossier.ETag))).Expect(401);
            Assert.NotEqual(403, (await Act(dossier, act, BodyOf(act), Host.Client(permission))).Status);
            dossier = (await Officer.Get(Path(dossier))).Expect(200);
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/dossiers", "dossiers.receive")]
    [InlineData("GET", "/api/v1/dossiers", "dossiers.read")]
    [InlineData("GET", "/api/v1/dossiers/{id}", "dossiers.read")]
    [InlineData("GET", "/api/v1/dossiers/{id}/timeline", "dossiers.read")]
    [InlineData("GET", "/api/v1/dossiers/{id}/steps", "dossiers.read")]
    [InlineData("GET", "/api/v1/dossiers/{id}/documents", "dossiers.read")]
    [InlineData("GET", "/api/v1/dossiers/{id}/applicant", "dossiers.read-personal")]
    [InlineData("GET", "/api/v1/dossiers/{id}/forms/01", "dossiers.read-personal")]
    [InlineData("POST", "/api/v1/dossier-imports?source=igate", "dossiers.import")]
    [InlineData("GET", "/api/v1/dossier-imports/{id}/errors", "dossiers.import")]
    [InlineData("GET", "/api/v1/dossier-statistics?from=2026-01-01&to=2026-12-31", "dossiers.statistics")]
    [InlineData("GET", "/api/v1/dossier-statistics/year-on-year?year=2026", "dossiers.statistics")]
    [InlineData("GET", "/api/v1/dossier-statistics/late-dossiers?from=2026-01-01&to=2026-12-31", "dossiers.statistics")]
    [InlineData("POST", "/api/v1/dossier-statistics/recount", "dossiers.import")]
    [InlineData("POST", "/api/v1/procedures/1.002809/versions", "dossiers.manage-catalogue")]
    public async Task Everything_that_is_not_public_needs_its_permission(string method, string path, string permission)
    {
        path = path.Replace("{id}", Text(await Receive(), "id"), StringComparison.Ordinal);
        var others = Host.Client([.. Everything.Where(p => p != permission)]);
        Assert.Equal(403, (await Send(others)).Status);
        Assert.Equal(401, (await Send(Host.Anonymous())).Status);
        Assert.NotEqual(403, (await Send(Host.Client(permission))).Status);

        Task<Reply> Send(HttpClient client)
        {
            var type = path.Contains("imports", StringComparison.Ordinal) ? "text/csv" : "application/json";
            return client.Call(new(method), path, method == "POST" ? Calls.Body("{}", type) : null, ("If-Match", "\"1\""));
        }
    }
}
