using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Webhooks;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Third parties are told what happens, once they want it and as far as they may know it.</summary>
public sealed class WebhookTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Subscriptions = "/api/v1/webhook-subscriptions";
    private readonly Rights _rights = fixture.Rights;
    private Receiver _receiver = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _rights.Changed.Clear();
        _receiver = await Receiver.Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_act_is_sent_signed_in_order_and_without_personal_data()
    {
        var secret = Text(await Subscribe(), "secret");
        var dossier = await Settle(await Receive());

        await SendAll();

        var told = Told(dossier).ToList();
        Assert.Equal("dossier.received", told[0].Type);
        Assert.Equal(["dossier.settled", "dossier.paymentRequested"], told.TakeLast(2).Select(t => t.Type));
        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(t => t.Data.GetProperty("revision").GetInt32()));
        Assert.All(told, t => Assert.True(t.IsSignedWith(secret)));
        Assert.All(told, t => Assert.DoesNotContain(Person.Values, v => t.Body.Contains(v, StringComparison.OrdinalIgnoreCase)));
        var first = told[0].Data;
        Assert.Equal(Text(dossier, "code"), first.GetProperty("code").GetString());
        Assert.Equal("received", first.GetProperty("status").GetString());
        Assert.Equal(2, first.GetProperty("nationalStatus").GetInt32());
        Assert.Equal("2026-11-23T09:00:00+07:00", first.GetProperty("occurredAt").GetString());
        Assert.Equal(dossier.Json.GetProperty("dueAt").GetDateTimeOffset(), first.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(Host.Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), told[0].Timestamp);
    }

    [Fact]
    public async Task The_types_of_events_are_one_for_every_act_and_only_those_wanted_are_sent()
    {
        var types = (await Officer.Get("/api/v1/webhook-event-types"))
            .Expect(200)
            .Json.EnumerateArray()
            .Select(t => t.GetProperty("name").GetString()!)
            .ToList();
        Assert.Contains("dossier.received", types);
        Assert.All(types, t => Assert.Matches("^dossier\\.[a-z][a-zA-Z]*$", t));
        await Subscribe(types: ["dossier.transferred"]);
        (
            await Officer.Post(
                Subscriptions,
                new
                {
                    name = "x",
                    url = Url,
                    eventTypes = new[] { "dossier.exploded" },
                }
            )
        ).Expect(422, "dossiers.webhook-event-type-unknown");

        await Act(await Receive(), "transfer");
        await SendAll();

        Assert.Equal("dossier.transferred", Assert.Single(_receiver.Taken).Type);
    }

    [Fact]
    public async Task A_subscription_tells_only_of_the_data_of_its_owner()
    {
        (await Over("centre:" + Facilities.Ward).Post(Subscriptions, new { name = "x", url = Url })).Expect(201);
        (await Over("agency:" + Trade, "trade").Post(Subscriptions, new { name = "x", url = Url })).Expect(201);
        var mine = await Receive(centre: Facilities.Ward);
        await Receive();

        await SendAll();

        Assert.Equal(Text(mine, "id"), Assert.Single(_receiver.Taken).Data.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("centre:66-22015", "province")]
    [InlineData("centre:66-22015", "centre:dak-lak")]
    [InlineData("agency:H15.05", "agency:H15.09")]
    [InlineData("own", null)]
    public async Task Nobody_subscribes_to_more_than_they_may_see(string scope, string? wanted) =>
        (
            await Over(scope)
                .Post(
                    Subscriptions,
                    new
                    {
                        name = "x",
                        url = Url,
                        dataScope = wanted,
                    }
                )
        ).Expect(403, "dossiers.outside-scope");

    [Fact]
    public async Task Whoever_was_away_gets_everything_later_under_the_same_id_and_in_order()
    {
        await Subscribe();
        _receiver.Answers(503);
        var first = await Act(await Receive(), "transfer");
        var second = await Act(await Receive(), "transfer");
        await SendAll();
        Assert.Empty(_receiver.Taken);
        var ids = _receiver.All.Select(r => r.Id).Distinct().Count();
        Assert.Equal(2, ids);
        Assert.All(_receiver.All, r => Assert.Equal("dossier.received", r.Type));

        _receiver.Answers(204);
        await SendAll();
        Assert.Empty(_receiver.Taken);
        await Later();
        await SendAll();

        foreach (var dossier in new[] { first, second })
            Assert.Equal(["dossier.received", "dossier.transferred"], Told(dossier).Select(t => t.Type));
        Assert.Equal(4, _receiver.All.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task Tries_follow_the_schedule_of_the_specification_and_then_end()
    {
        await Subscribe();
        _receiver.Answers(400);
        await Receive();
        List<double> waits = [];
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await SendAll();
            var delivery = Assert.Single(await Deliveries());
            Assert.Equal(attempt, delivery.GetProperty("attempts").GetInt32());
            Assert.Equal(400, delivery.GetProperty("lastStatus").GetInt32());
            if (attempt < 10)
                waits.Add(
                    Math.Round(
                        (
                            delivery.GetProperty("nextAttemptAt").GetDateTimeOffset()
                            - delivery.GetProperty("lastAttemptAt").GetDateTimeOffset()
                        ).TotalSeconds
                    )
                );
            await Later();
        }
        Assert.Equal([5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400], waits);
        Assert.Equal("givenUp", Assert.Single(await Deliveries()).GetProperty("state").GetString());
        Assert.Single(_receiver.All.Select(r => r.Id).Distinct());
    }

    [Fact]
    public async Task What_was_given_up_no_longer_holds_the_next_event_of_its_dossier()
    {
        await Subscribe();
        _receiver.Answer = (call, http) =>
        {
            http.Response.StatusCode = call.Type == "dossier.received" ? 400 : 204;
            return Task.CompletedTask;
        };
        await Act(await Receive(), "transfer");
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            await SendAll();
            await Later();
        }
        Assert.Empty(_receiver.Taken);
        await SendAll();
        await SendAll();
        Assert.Equal("dossier.transferred", Assert.Single(_receiver.Taken).Type);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_a_pause_gets_it()
    {
        await Subscribe();
        _receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        await Receive();
        await SendAll();
        var delivery = Assert.Single(await Deliveries());
        Assert.Equal(
            120,
            Math.Round(
                (
                    delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - delivery.GetProperty("lastAttemptAt").GetDateTimeOffset()
                ).TotalSeconds
            )
        );
        // Also for what has not been tried yet.
        await Receive();
        await SendAll();
        Assert.Single(_receiver.All);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_for_good_is_disabled_and_goes_on_once_it_is_enabled()
    {
        var subscription = await Subscribe();
        _receiver.Answers(410);
        await Receive();
        await SendAll();
        var disabled = (await Officer.Get(subscription.Location)).Expect(200);
        Assert.Equal("disabled", Text(disabled, "state"));
        Assert.Equal("gone", Text(disabled, "stop"));
        (await Officer.Post(subscription.Location + "/test", null)).Expect(409, "dossiers.webhook-not-enabled");
        await SendAll();
        Assert.Single(_receiver.All);

        _receiver.Answers(204);
        (await Officer.Post(subscription.Location + "/enable", null, ("If-Match", disabled.ETag))).Expect(200);
        await SendAll();
        Assert.Single(_receiver.Taken);
    }

    [Fact]
    public async Task One_slow_receiver_holds_no_other_up()
    {
        await using var slow = await Receiver.Start();
        var release = new TaskCompletionSource();
        slow.Answer = async (_, http) => await release.Task.WaitAsync(http.RequestAborted);
        await Subscribe(slow.Address.ToString());
        await Subscribe();
        for (var i = 0; i < 12; i++)
            await Receive();
        var sending = Dispatcher.DeliverOnce(Ct);
        while (_receiver.Taken.Count < 4)
            await Task.Delay(10, Ct);
        // The slow one has its few tries under way, and the other one goes on.
        await SendAll();
        Assert.Equal(12, _receiver.Taken.Count);
        Assert.Empty(slow.Taken);
        release.SetResult();
        await sending;
        await SendAll();
        Assert.Equal(12, slow.Taken.DistinctBy(t => t.Id).Count());
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_given_its_time_and_no_more()
    {
        await Subscribe();
        _receiver.Answer = (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await Receive();
        await SendAll();
        Assert.Equal("timed-out", Assert.Single(await Deliveries()).GetProperty("lastError").GetString());
    }

    [Fact]
    public async Task Redirects_are_not_followed_and_large_answers_not_read()
    {
        await Subscribe();
        _receiver.Answer = (_, http) =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await Receive();
        await SendAll();
        Assert.Equal("redirect", Assert.Single(await Deliveries()).GetProperty("lastError").GetString());
        Assert.DoesNotContain(_receiver.All, r => r.Path == "/elsewhere");

        _receiver.Answer = async (_, http) =>
        {
            http.Response.StatusCode = 200;
            var chunk = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await Later();
        await SendAll();
        Assert.Equal("delivered", Assert.Single(await Deliveries()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task While_a_secret_is_replaced_both_sign()
    {
        var subscription = await Subscribe();
        var old = Text(subscription, "secret");
        var rotated = (
            await Officer.Post(subscription.Location + "/rotate-secret", new { overlapHours = 1 }, ("If-Match", subscription.ETag))
        ).Expect(200);
        var fresh = Text(rotated, "secret");
        Assert.StartsWith("whsec_", fresh, StringComparison.Ordinal);
        await Receive();
        await SendAll();
        Assert.True(_receiver.All[0].IsSignedWith(old) && _receiver.All[0].IsSignedWith(fresh));

        Host.Clock.Advance(TimeSpan.FromHours(1));
        await Receive();
        await SendAll();
        Assert.True(!_receiver.All[1].IsSignedWith(old) && _receiver.All[1].IsSignedWith(fresh));
        Assert.DoesNotContain("whsec_", (await Officer.Get(subscription.Location)).Text, StringComparison.Ordinal);
        Assert.Equal(
            0,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.webhook_subscriptions WHERE secrets::text LIKE '%' || $1 || '%'",
                fresh["whsec_".Length..]
            )
        );
    }

    [Fact]
    public async Task The_secret_is_not_kept_with_the_answer_for_repetitions()
    {
        var body = new { name = "x", url = Url };
        var first = (await Officer.Post(Subscriptions, body, ("Idempotency-Key", "hook-1"))).Expect(201);
        var again = (await Officer.Post(Subscriptions, body, ("Idempotency-Key", "hook-1"))).Expect(201);
        Assert.Equal(Text(first, "id"), Text(again, "id"));
        Assert.False(again.Json.TryGetProperty("secret", out _));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.kept_answers WHERE answer::text LIKE '%whsec_%'"));
    }

    [Fact]
    public async Task A_test_event_can_be_sent()
    {
        var subscription = await Subscribe(types: ["dossier.settled"]);
        var queued = (await Officer.Post(subscription.Location + "/test", null)).Expect(200);
        await SendAll();
        var test = Assert.Single(_receiver.Taken);
        Assert.Equal(("webhook.test", Text(queued, "eventId")), (test.Type, test.Id));
        Assert.Equal(Text(subscription, "id"), test.Data.GetProperty("subscriptionId").GetString());
    }

    [Fact]
    public async Task Events_are_sent_again_by_time_or_by_id_under_their_first_id()
    {
        var subscription = await Subscribe(types: ["dossier.received", "dossier.transferred"]);
        var dossier = await Receive();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var between = Host.Clock.Now;
        await Act(dossier, "transfer");
        await SendAll();
        var first = _receiver.Taken.ToList();

        var replay = subscription.Location + "/replay";
        Assert.Equal(1, (await Officer.Post(replay, new { since = between })).Expect(200).Json.GetProperty("count").GetInt32());
        await SendAll();
        Assert.Equal(first[1].Id, _receiver.Taken.Last().Id);
        Assert.Equal(
            1,
            (await Officer.Post(replay, new { eventIds = new[] { first[0].Id, Guid.CreateVersion7().ToString() } }))
                .Expect(200)
                .Json.GetProperty("count")
                .GetInt32()
        );
        await SendAll();
        Assert.Equal(first[0].Body, _receiver.Taken.Last().Body);
        (await Officer.Post(replay, new { })).Expect(422, "dossiers.webhook-replay-empty");
        (await Officer.Post(replay, new { since = between, eventIds = new[] { first[0].Id } })).Expect(
            422,
            "dossiers.webhook-replay-empty"
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("centre:66-22015")]
    public async Task An_owner_who_was_disabled_or_lost_the_right_is_told_nothing_more(string? leftWith)
    {
        var subscription = await Subscribe();
        await Receive();
        _rights.Changed["test-user"] = leftWith;
        await SendAll();
        Assert.Empty(_receiver.All);
        var stopped = (await Officer.Get(subscription.Location)).Expect(200);
        Assert.Equal("ownerWithoutRight", Text(stopped, "stop"));

        _rights.Changed.Clear();
        (await Officer.Post(subscription.Location + "/enable", null, ("If-Match", stopped.ETag))).Expect(200);
        await SendAll();
        Assert.Single(_receiver.Taken);
    }

    [Fact]
    public async Task A_subscription_is_nobody_elses_business()
    {
        var subscription = await Subscribe();
        var other = Host.Client(TestCaller.May(Everything).As("somebody-else"));
        Assert.Empty(Items(await other.Get(Subscriptions)));
        (await other.Get(subscription.Location)).Expect(404);
        (await other.Get(subscription.Location + "/deliveries")).Expect(404);
        foreach (var act in new[] { "test", "replay", "enable", "disable", "rotate-secret" })
            (
                await other.Post(
                    subscription.Location + "/" + act,
                    act is "replay" or "rotate-secret" ? new { } : null,
                    ("If-Match", subscription.ETag)
                )
            ).Expect(404);
        (await other.Patch(subscription.Location, new { name = "mine" }, ("If-Match", subscription.ETag))).Expect(404);
        (await other.Delete(subscription.Location, ("If-Match", subscription.ETag))).Expect(404);
        Assert.Single(Items(await Officer.Get(Subscriptions)));
    }

    [Fact]
    public async Task A_subscription_is_changed_disabled_and_deleted()
    {
        var subscription = await Subscribe();
        var changed = (
            await Officer.Patch(
                subscription.Location,
                new { url = Url + "new", eventTypes = new[] { "dossier.received" } },
                ("If-Match", subscription.ETag)
            )
        ).Expect(200);
        (await Officer.Patch(subscription.Location, new { name = "x" }, ("If-Match", subscription.ETag))).Expect(412);
        await Receive();
        await SendAll();
        Assert.Equal("/new", Assert.Single(_receiver.Taken).Path);

        var off = (await Officer.Post(subscription.Location + "/disable", null, ("If-Match", changed.ETag))).Expect(200);
        (await Officer.Post(subscription.Location + "/disable", null, ("If-Match", off.ETag))).Expect(
            409,
            "dossiers.webhook-already-disabled"
        );
        await Receive();
        await SendAll();
        Assert.Single(_receiver.Taken);
        (await Officer.Delete(subscription.Location, ("If-Match", off.ETag))).Expect(204);
        (await Officer.Get(subscription.Location)).Expect(404);
    }

    [Fact]
    public async Task Two_hosts_send_everything_once()
    {
        await using var sibling = await Host.Sibling();
        var other = sibling.Services.GetRequiredService<WebhookDispatcher>();
        await Subscribe();
        List<Reply> dossiers = [];
        for (var i = 0; i < 10; i++)
            dossiers.Add(await Act(await Receive(), "transfer"));
        while ((await Task.WhenAll(Dispatcher.DeliverOnce(Ct), other.DeliverOnce(Ct))).Sum() > 0) { }
        Assert.Equal(20, _receiver.All.Count);
        Assert.All(dossiers, d => Assert.Equal(["dossier.received", "dossier.transferred"], Told(d).Select(t => t.Type)));
    }

    [Fact]
    public async Task What_a_host_that_died_had_in_hand_is_taken_over()
    {
        await Subscribe();
        await Receive();
        await SendNothing();
        await Host.Sql("UPDATE dossiers.webhook_deliveries SET attempts = 1, next_attempt_at = now() + interval '10 minutes'");
        await SendAll();
        Assert.Empty(_receiver.All);
        await Later();
        await SendAll();
        Assert.Single(_receiver.Taken);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Url => _receiver.Address.ToString();

    private WebhookDispatcher Dispatcher => Host.Services.GetRequiredService<WebhookDispatcher>();

    private async Task<Reply> Subscribe(string? url = null, string[]? types = null) =>
        (
            await Officer.Post(
                Subscriptions,
                new
                {
                    name = "Cổng thử",
                    url = url ?? Url,
                    eventTypes = types,
                }
            )
        ).Expect(201);

    private async Task SendAll()
    {
        while (await Dispatcher.DeliverOnce(Ct) > 0) { }
    }

    // Events are put in line, and nothing is sent.
    private async Task SendNothing()
    {
        await Host.Sql(
            "INSERT INTO dossiers.webhook_pauses (subscription_id, until) SELECT id, now() + interval '1 hour' FROM dossiers.webhook_subscriptions"
        );
        await SendAll();
        await Host.Sql("DELETE FROM dossiers.webhook_pauses");
    }

    // Whatever was to come later is due.
    private async Task Later()
    {
        await Host.Sql("UPDATE dossiers.webhook_deliveries SET next_attempt_at = now() WHERE state = 'Waiting'");
        await Host.Sql("DELETE FROM dossiers.webhook_pauses");
    }

    private async Task<IReadOnlyList<JsonElement>> Deliveries()
    {
        var id = Items(await Officer.Get(Subscriptions))[0].GetProperty("id").GetString();
        return Items(await Officer.Get($"{Subscriptions}/{id}/deliveries"));
    }

    private IEnumerable<Received> Told(Reply dossier) =>
        _receiver.Taken.Where(t => t.Data.GetProperty("id").GetString() == Text(dossier, "id"));
}
