using Microsoft.AspNetCore.Http;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A third party is told everything, whatever dies in between, and nothing that it must not be told.</summary>
public sealed class WebhookTests(SharedHost shared)
{
    private const string Subscriptions = "/api/v1/webhook-subscriptions";

    // The schedule of days in seconds; the receiver's outage is as long as many tries.
    private static readonly (string, string?)[] Hurried =
    [
        ("Webhooks__AllowPrivateAddresses", "true"),
        ("Webhooks__RetrySeconds", string.Join(',', Enumerable.Repeat("0.3", 500))),
        ("Webhooks__LongestPauseSeconds", "0.2"),
        ("Webhooks__TimeoutSeconds", "2"),
    ];

    [Fact]
    public async Task A_receiver_that_was_away_while_the_host_was_killed_loses_no_event_and_no_order()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString, Hurried);
        await using var receiver = await Receiver.Start();
        var subscription = (await (await first.Machine()).Post(Subscriptions, new { name = "Cổng thử", url = receiver.Address })).Expect(
            201
        );
        var secret = subscription.Json.GetProperty("secret").GetString()!;

        await Work(first, 5);
        await Eventually.True(() => Task.FromResult(receiver.Taken.Count >= 3), "Nothing comes. " + first.Said);
        receiver.Answer = Away;
        var seen = receiver.All.Count;
        await Work(first, 5);
        await Eventually.True(() => Task.FromResult(receiver.All.Count > seen + 5), "Nothing is tried.");
        await first.Kill();
        await using var second = await first.StartAgain();
        await Work(second, 5);
        await second.Kill();
        // Three hundred seconds pass while nobody is there: all that waits is older by as much.
        var older = await database.Scalar<long>(
            """
            WITH aged AS (
                UPDATE dossiers.webhook_deliveries SET created_at = created_at - interval '300 seconds',
                    next_attempt_at = next_attempt_at - interval '300 seconds'
                WHERE state = 'Waiting' RETURNING id)
            SELECT count(*) FROM aged
            """
        );
        Assert.True(older >= 5, "Nothing waits.");
        receiver.Answers(204);
        await using var third = await second.StartAgain();

        var client = await third.Machine();
        await Eventually.True(
            async () => await database.Scalar<long>("SELECT count(*) FROM dossiers.webhook_deliveries WHERE state = 'Waiting'") == 0,
            "Events are left."
        );
        Assert.Equal(30, await database.Scalar<long>("SELECT count(*) FROM dossiers.events WHERE fanned_out_at IS NOT NULL"));
        Assert.Equal(30, receiver.Taken.DistinctBy(t => t.Id).Count());
        foreach (var dossier in receiver.Taken.DistinctBy(t => t.Id).GroupBy(t => t.Data.GetProperty("id").GetString()))
            Assert.Equal([1, 2], dossier.Select(t => t.Data.GetProperty("revision").GetInt32()));
        Assert.All(
            receiver.All,
            r =>
                Assert.True(
                    WebhookSignature.IsGenuine(secret, r.Id, r.Timestamp, r.Signature, r.Body, TimeProvider.System.GetUtcNow()),
                    "The signature does not hold."
                )
        );
        var listed = (await client.Get($"{subscription.Location}/deliveries?limit=100")).Expect(200).Json.GetProperty("items");
        Assert.All(listed.EnumerateArray(), d => Assert.Equal("delivered", d.GetProperty("state").GetString()));
        foreach (var host in new[] { first, second, third })
            Assert.DoesNotContain(secret["whsec_".Length..], host.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_is_disabled_is_told_nothing_more()
    {
        await using var database = await Databases.Sandbox();
        await using var host = await RunningHost.Start(database.ConnectionString, Hurried);
        await using var receiver = await Receiver.Start();
        var machine = await host.Machine();
        (await machine.Post(Subscriptions, new { name = "Cổng thử", url = receiver.Address })).Expect(201);
        (await machine.Receives(new { name = "Người nộp" })).Expect(201);
        await Eventually.True(() => Task.FromResult(receiver.Taken.Count == 1), "Nothing comes. " + host.Said);

        var admin = await host.User("admin");
        var client = (await admin.Get("/api/v1/clients?search=demo-machine")).Expect(200).Json.GetProperty("items")[0];
        var path = "/api/v1/clients/" + client.GetProperty("id").GetString();
        (await admin.Post(path + "/disable", null, ("If-Match", (await admin.Get(path)).ETag))).Expect(200);
        (await (await host.User("officer")).Receives(new { name = "Người nộp" })).Expect(201);

        await Eventually.True(
            async () =>
                await database.Scalar<long>("SELECT count(*) FROM dossiers.webhook_subscriptions WHERE stop = 'OwnerWithoutRight'") == 1,
            "The subscription goes on."
        );
        Assert.Single(receiver.All);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5432/")]
    [InlineData("https://localhost/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[fd00::1]/")]
    public async Task Addresses_within_are_refused_unless_the_operator_allows_them(string url) =>
        (await (await shared.Host.Machine()).Post(Subscriptions, new { name = "x", url })).Expect(422, "dossiers.webhook-target-refused");

    [Fact]
    public async Task The_example_in_the_documentation_is_the_one_that_is_tested() =>
        Assert.True(await WebhookSignature.StandsInDocumentation());

    // Receives dossiers and hands each over: two events each.
    private static async Task Work(RunningHost host, int dossiers)
    {
        var client = await host.Machine();
        for (var i = 0; i < dossiers; i++)
        {
            var dossier = (await client.Receives(new { name = "Người nộp" })).Expect(201);
            (await client.Post(dossier.Location + "/transfer", new { }, ("If-Match", dossier.ETag))).Expect(200);
        }
    }

    // Every way to be away: it says so, it breaks off, it says nothing.
    private static Task Away(Received call, HttpContext http)
    {
        switch (call.Id[^1] % 3)
        {
            case 0:
                http.Abort();
                break;
            case 1:
                http.Response.StatusCode = 503;
                break;
            default:
                return Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        http.Response.StatusCode = 503;
        return Task.CompletedTask;
    }
}
