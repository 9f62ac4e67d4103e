using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Messaging;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>While the database is away the host says so, and it serves again by itself once it is back.</summary>
public sealed class DatabaseAwayTests
{
    private const int MostTries = 100;

    [Fact]
    public async Task Without_its_database_the_host_lives_is_not_ready_and_answers_503_then_recovers_by_itself()
    {
        Gateway? gateway = null;
        await using var host = await NotesHost.Start(o =>
            o.Reach = c =>
            {
                (gateway, var through) = Gateway.Before(c);
                return through;
            }
        );
        using var closing = gateway;
        var client = host.Client("notes.read", "notes.write");
        (await client.Get("/health/ready")).Expect(200);
        var note = (await client.Post("/api/v1/notes", new { title = "a" })).Expect(201);

        gateway!.Close();
        (await client.Get("/health/live")).Expect(200);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal("2", (await client.Get("/health/ready")).Expect(503, "unavailable").Header("Retry-After"));
            (await client.Get(note.Location)).Expect(503, "unavailable");
            (await client.Get("/api/v1/notes")).Expect(503, "unavailable");
            (await client.Post("/api/v1/notes", new { title = "b" })).Expect(503, "unavailable");
            (await client.Post("/api/v1/notes", new { title = "b" }, ("Idempotency-Key", "k"))).Expect(503, "unavailable");
            (await client.Patch(note.Location, "{}", ("If-Match", note.ETag))).Expect(503, "unavailable");
            (await client.Get("/api/v1/jobs/" + Guid.CreateVersion7())).Expect(503, "unavailable");
        }

        gateway.Open();
        await Serves(client, "/health/ready");
        await Serves(client, note.Location);
        (await client.Post("/api/v1/notes", new { title = "b" }, ("Idempotency-Key", "k"))).Expect(201);
        Assert.Equal(2, await host.Scalar<long>("SELECT count(*) FROM notes.notes"));
    }

    [Fact]
    public async Task A_server_that_throws_its_clients_out_is_a_database_that_is_away()
    {
        await using var host = await NotesHost.Start(_ => { });
        var client = host.Client("notes.read");
        (await client.Get("/api/v1/notes")).Expect(200);

        await host.Sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );

        Assert.True((await client.Get("/api/v1/notes")).Status is 200 or 503);
        await Serves(client, "/api/v1/notes");
    }

    [Fact]
    public async Task Delivery_and_jobs_run_by_themselves_and_go_on_after_the_database_was_away()
    {
        Gateway? gateway = null;
        await using var host = await NotesHost.Start(o =>
            o.Reach = c =>
            {
                (gateway, var through) = Gateway.Before(c);
                return through;
            }
        );
        using var closing = gateway;
        var client = host.Client("notes.read", "notes.write");
        IHostedService[] workers = [host.Services.GetRequiredService<OutboxDispatcher>(), host.Services.GetRequiredService<JobRunner>()];
        foreach (var worker in workers)
            await worker.StartAsync(TestContext.Current.CancellationToken);

        (await client.Post("/api/v1/notes", new { title = "a" })).Expect(201);
        (await client.Post("/api/v1/note-counts", new { to = 1 })).Expect(202);
        await Comes(host, applied: 1, done: 1);

        gateway!.Close();
        await Answers(client, 503);
        gateway.Open();
        await Serves(client, "/api/v1/notes");
        (await client.Post("/api/v1/notes", new { title = "b" })).Expect(201);
        (await client.Post("/api/v1/note-counts", new { to = 1 })).Expect(202);
        await Comes(host, applied: 2, done: 2);

        foreach (var worker in workers)
            await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Comes(ModuleHost host, long applied, long done)
    {
        for (var n = 0; n < 1500; n++)
        {
            var now = await host.Scalar<long>("SELECT count(*) FROM notes.seen WHERE times = 1");
            if (now == applied && await host.Scalar<long>("SELECT count(*) FROM notes.jobs WHERE state = 'Succeeded'") == done)
                return;
            await Task.Delay(20);
        }
        Assert.Fail("The background work does not go on.");
    }

    private static async Task Answers(HttpClient client, int status) => (await client.Get("/api/v1/notes")).Expect(status);

    // Connections that died in the pool are found one by one.
    private static async Task Serves(HttpClient client, string path)
    {
        for (var n = 0; n < MostTries; n++)
        {
            var reply = await client.Get(path);
            if (reply.Status == 200)
                return;
            reply.Expect(503, "unavailable");
        }
        Assert.Fail("The host does not serve again.");
    }
}
