using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Each caller has his own measure, and learns from every answer what is left of it.</summary>
public sealed class RateLimitTests
{
    private static Task<ModuleHost> Limited() =>
        NotesHost.Start(o =>
        {
            o.Settings["RateLimits:PerCaller"] = "3";
            o.Settings["RateLimits:PerAddress"] = "2";
        });

    [Fact]
    public async Task A_caller_over_the_limit_waits_for_the_next_minute()
    {
        await using var host = await Limited();
        var client = host.Client("notes.read");
        host.Clock.Now = new(2026, 11, 23, 2, 0, 15, TimeSpan.Zero);

        foreach (var left in new[] { "2", "1", "0" })
        {
            var reply = (await client.Get("/api/v1/notes")).Expect(200);
            Assert.Equal(
                ("3", left, "45"),
                (reply.Header("RateLimit-Limit"), reply.Header("RateLimit-Remaining"), reply.Header("RateLimit-Reset"))
            );
        }
        var refused = (await client.Get("/api/v1/notes", ("Accept-Language", "en"))).Expect(429, "too-many-requests");
        Assert.Equal("45", refused.Header("Retry-After"));
        Assert.Equal("0", refused.Header("RateLimit-Remaining"));

        host.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("2", (await client.Get("/api/v1/notes")).Expect(200).Header("RateLimit-Remaining"));
    }

    [Fact]
    public async Task Others_are_not_held_up()
    {
        await using var host = await Limited();
        var mine = TestCaller.May("notes.read");
        for (var n = 0; n < 5; n++)
            await host.Client(mine).Get("/api/v1/notes");

        (await host.Client(mine).Get("/api/v1/notes")).Expect(429);
        (await host.Client(mine.As("somebody-else")).Get("/api/v1/notes")).Expect(200);
        (await host.Client(mine.Through("another-app")).Get("/api/v1/notes")).Expect(200);
    }

    [Fact]
    public async Task Guessing_without_a_token_is_limited_by_address()
    {
        await using var host = await Limited();
        var client = host.Anonymous();
        (await client.Get("/api/v1/notes")).Expect(401);
        (await client.Get("/api/v1/titles/a%07")).Expect(400);
        (await client.Get("/api/v1/notes")).Expect(429);
        (await client.Get("/api/v1/nowhere")).Expect(429);
    }
}
