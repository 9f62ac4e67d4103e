using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Tests.Notes;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>A request that is repeated with its key is done once and answered the same each time.</summary>
public sealed class IdempotencyTests(NotesHost fixture) : ModuleTests(fixture)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "3f8a-77");

    private Task<Reply> Writes(object body, TestCaller? caller = null, (string, string)? key = null) =>
        Host.Client(caller ?? TestCaller.May("notes.write")).Post("/api/v1/notes", body, key ?? Key);

    private Task<long> Count() => Host.Scalar<long>("SELECT count(*) FROM notes.notes");

    [Fact]
    public async Task An_application_that_is_registered_to_send_a_key_is_refused_without_one()
    {
        var strict = TestCaller.May("notes.write", "notes.read") with { MustSendKey = true };
        var refused = (await Host.Client(strict).Post("/api/v1/notes", new { title = "a" })).Expect(400, "invalid");
        var fault = refused.Json.GetProperty("errors").EnumerateArray().Single();
        Assert.Equal(
            ("/header/Idempotency-Key", "required"),
            (fault.GetProperty("pointer").GetString(), fault.GetProperty("code").GetString())
        );
        Assert.Equal(0, await Count());

        (await Writes(new { title = "a" }, strict)).Expect(201);
        (await Host.Client(strict).Get("/api/v1/notes")).Expect(200);
    }

    [Fact]
    public async Task The_same_key_and_content_get_the_first_answer_again()
    {
        var first = (
            await Writes(
                new
                {
                    title = "Giấy khai sinh",
                    price = 12.5000m,
                    day = "2026-11-24",
                }
            )
        ).Expect(201);
        Host.Clock.Advance(TimeSpan.FromDays(6));
        var again = (
            await Writes(
                new
                {
                    title = "Giấy khai sinh",
                    price = 12.5000m,
                    day = "2026-11-24",
                }
            )
        ).Expect(201);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.ETag, again.ETag);
        Assert.Equal(first.Location, again.Location);
        Assert.Equal(1, await Count());
        Assert.Single(await Host.Facts<NoteWritten>());
    }

    [Fact]
    public async Task The_answer_is_kept_over_a_restart()
    {
        var first = (await Writes(new { title = "a" })).Expect(201);

        await using var restarted = await Host.Sibling();
        var again = await restarted.Client("notes.write").Post("/api/v1/notes", new { title = "a" }, Key);

        Assert.Equal(first.Text, again.Expect(201).Text);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused()
    {
        (await Writes(new { title = "a" })).Expect(201);
        (await Writes(new { title = "b" })).Expect(422, "request.key-reused");
        (await Host.Client("notes.write").Post("/api/v1/note-counts", new { to = 3 }, Key)).Expect(422, "request.key-reused");
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task Keys_of_other_users_and_applications_are_their_own()
    {
        var mine = TestCaller.May("notes.write");
        var first = (await Writes(new { title = "a" }, mine)).Expect(201);
        var others = (await Writes(new { title = "b" }, mine.As("somebody-else"))).Expect(201);
        var elsewhere = (await Writes(new { title = "c" }, mine.Through("another-app"))).Expect(201);

        Assert.Equal(3, new[] { first, others, elsewhere }.Select(r => r.Location).Distinct().Count());
    }

    [Fact]
    public async Task A_refused_request_leaves_no_key_behind()
    {
        (await Writes(new { title = "refused" })).Expect(422, "notes.refused");
        (await Writes(new { title = "" })).Expect(400, "invalid");
        (await Writes(new { title = "a" })).Expect(201);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task While_the_first_request_runs_the_second_one_is_told_so()
    {
        await using var host = await NotesHost.Start(_ => { });
        var client = host.Client("notes.write");
        var gate = host.Services.GetRequiredService<Gate>();

        var first = client.Post("/api/v1/notes", new { title = "slow" }, Key);
        await gate.Reached;
        (await client.Post("/api/v1/notes", new { title = "slow" }, Key)).Expect(409, "request.still-running");
        gate.Open();
        var answer = (await first).Expect(201);

        Assert.Equal(answer.Text, (await client.Post("/api/v1/notes", new { title = "slow" }, Key)).Expect(201).Text);
        Assert.Equal(1, await host.Scalar<long>("SELECT count(*) FROM notes.notes"));
    }

    [Fact]
    public async Task Twenty_at_once_on_two_hosts_write_one_note()
    {
        await using var second = await Host.Sibling();
        HttpClient[] clients = [Host.Client("notes.write"), second.Client("notes.write")];

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => clients[n % 2].Post("/api/v1/notes", new { title = "a" }, Key))
        );

        Assert.All(replies, r => Assert.True(r.Status is 201 or 409, r.ToString()));
        Assert.Single(replies.Where(r => r.Status == 201).Select(r => r.Text).Distinct());
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task A_key_on_a_reading_request_means_nothing()
    {
        var client = Host.Client("notes.read");
        (await client.Get("/api/v1/notes", Key)).Expect(200);
        (await client.Get("/api/v1/titles/a", Key)).Expect(200);
    }

    [Fact]
    public async Task A_long_work_that_is_asked_for_twice_is_one_job()
    {
        var client = Host.Client("notes.write");
        var first = (await client.Post("/api/v1/note-counts", new { to = 3 }, Key)).Expect(202);
        var again = (await client.Post("/api/v1/note-counts", new { to = 3 }, Key)).Expect(202);
        Assert.Equal(first.Location, again.Location);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM notes.jobs"));
    }
}
