using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Tests.Notes;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Long work outlives its request and its host, is done by one host at a time, and can be followed.</summary>
public sealed class JobTests(NotesHost fixture) : ModuleTests(fixture)
{
    private const int RunsBeforeFailing = 5;
    private readonly HttpClient _client = fixture.Host.Client("notes.write");

    private Behaviour Behaviour => Host.Services.GetRequiredService<Behaviour>();

    // What one test makes of the work is not what the next one finds; their order differs from folder to folder.
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Behaviour.OnJob = (_, _) => Task.FromResult<object>(new { notes = 0 });
    }

    private async Task<string> Asked() => (await _client.Post("/api/v1/note-counts", new { to = 4 })).Expect(202).Location;

    private async Task<JsonElement> Job(string location) => (await _client.Get(location)).Expect(200).Json;

    private Task<int> EndLease() => Host.Sql("UPDATE notes.jobs SET lease_until = now() - interval '1 second' WHERE state = 'Running'");

    [Fact]
    public async Task Work_is_accepted_then_done_and_tells_its_outcome()
    {
        Behaviour.OnJob = async (run, ct) =>
        {
            await run.Report(1, 4, new { next = 1 }, ct);
            return new { counted = run.Parameters<CountNotes>().To };
        };
        var job = await Asked();
        var queued = await Job(job);
        Assert.Equal(("queued", 0, 4, 0), State(queued));

        await Host.RunJobs();

        var done = await Job(job);
        Assert.Equal(("succeeded", 1, 4, 25), State(done));
        Assert.Equal(4, done.GetProperty("result").GetProperty("counted").GetInt32());
        Assert.True(done.TryGetProperty("startedAt", out _) && done.TryGetProperty("finishedAt", out _));
        Assert.False(done.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task A_job_is_seen_by_the_one_who_asked_for_it_and_by_nobody_else()
    {
        var job = await Asked();
        var other = TestCaller.May("notes.read", "notes.write").As("somebody-else");
        (await Host.Client(other).Get(job)).Expect(404, "job-not-found");
        (await Host.Client(other).Get(job + "/events")).Expect(404, "job-not-found");
        (await Host.Anonymous().Get(job)).Expect(401);
        (await _client.Get(job + "?verbose=1")).Expect(400, "invalid");
        (await _client.Get("/api/v1/jobs/" + Guid.CreateVersion7())).Expect(404, "job-not-found");
    }

    [Fact]
    public async Task A_job_can_be_followed_until_it_ends()
    {
        var step = new SemaphoreSlim(0);
        Behaviour.OnJob = async (run, ct) =>
        {
            for (var n = 1; n <= 4; n++)
            {
                await step.WaitAsync(ct);
                await run.Report(n, 4, null, ct);
            }
            return new { };
        };
        var job = await Asked();
        var running = Host.RunJobs();

        using var response = await _client.GetAsync(
            job + "/events",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        List<int> seen = [];
        var last = "";
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("job", item.EventType);
            var view = JsonSerializer.Deserialize<JsonElement>(item.Data);
            seen.Add(view.GetProperty("done").GetInt32());
            last = view.GetProperty("state").GetString();
            step.Release();
        }
        await running;

        Assert.Equal("succeeded", last);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(4, seen[^1]);
    }

    [Fact]
    public async Task A_job_whose_host_stalls_is_taken_over_from_its_checkpoint_and_the_late_writes_are_refused()
    {
        await using var second = await Host.Sibling();
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Exception? late = null;
        Behaviour.OnJob = async (run, ct) =>
        {
            await run.Report(2, 4, new Place(2), ct);
            reached.SetResult();
            await goOn.Task;
            late = await Record.ExceptionAsync(() => run.Report(3, 4, new Place(3), CancellationToken.None));
            return new { by = "first" };
        };
        Place? from = null;
        second.Services.GetRequiredService<Behaviour>().OnJob = (run, _) =>
        {
            from = run.Checkpoint<Place>();
            return Task.FromResult<object>(new { by = "second" });
        };
        var job = await Asked();
        var stalled = Host.Services.GetRequiredService<JobRunner>().RunOnce(CancellationToken.None);
        await reached.Task;
        Assert.False(await second.Services.GetRequiredService<JobRunner>().RunOnce(CancellationToken.None));

        do
        {
            await EndLease();
        } while (!await second.Services.GetRequiredService<JobRunner>().RunOnce(CancellationToken.None));
        goOn.SetResult();
        await stalled;

        Assert.IsType<JobOvertakenException>(late);
        Assert.Equal(new Place(2), from);
        var done = await Job(job);
        Assert.Equal(("succeeded", 2, 4, 50), State(done));
        Assert.Equal("second", done.GetProperty("result").GetProperty("by").GetString());
        Assert.Equal(2, await Host.Scalar<int>("SELECT fence FROM notes.jobs"));
    }

    [Fact]
    public async Task Two_hosts_never_run_one_job_at_once()
    {
        await using var second = await Host.Sibling();
        var runs = 0;
        Func<JobRun, CancellationToken, Task<object>> count = (_, _) =>
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult<object>(new { });
        };
        Behaviour.OnJob = count;
        second.Services.GetRequiredService<Behaviour>().OnJob = count;
        for (var n = 0; n < 10; n++)
            await Asked();

        await Task.WhenAll(Host.RunJobs(), second.RunJobs(), Host.RunJobs(), second.RunJobs());

        Assert.Equal(10, runs);
        Assert.Equal(10, await Host.Scalar<long>("SELECT count(*) FROM notes.jobs WHERE state = 'Succeeded' AND fence = 1"));
    }

    [Fact]
    public async Task Work_that_fails_is_tried_again_five_times_and_then_given_up()
    {
        var runs = 0;
        Behaviour.OnJob = (_, _) =>
        {
            runs++;
            throw new InvalidOperationException("secret");
        };
        var job = await Asked();
        for (var n = 0; n < RunsBeforeFailing + 2; n++)
        {
            await Host.RunJobs();
            await EndLease();
        }

        Assert.Equal(RunsBeforeFailing, runs);
        var failed = await Job(job);
        Assert.Equal(("failed", "jobs.failed"), (failed.GetProperty("state").GetString(), failed.GetProperty("error").GetString()));
        Assert.DoesNotContain("secret", failed.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_cannot_be_done_says_why_at_once()
    {
        Behaviour.OnJob = (_, _) => throw new JobFailedException("notes.nothing-to-count");
        var job = await Asked();
        await Host.RunJobs();
        Assert.Equal("notes.nothing-to-count", (await Job(job)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Work_that_nobody_knows_how_to_do_fails()
    {
        var job = await Asked();
        await Host.Sql("UPDATE notes.jobs SET kind = 'unheard-of'");
        await Host.RunJobs();
        Assert.Equal("jobs.unknown-kind", (await Job(job)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Work_that_killed_its_host_five_times_is_given_up_and_the_next_goes_on()
    {
        var killer = await Asked();
        await Host.Sql("UPDATE notes.jobs SET state = 'Running', fence = 5, lease_until = now() - interval '1 second'");
        var next = await Asked();

        await Host.RunJobs();

        Assert.Equal("failed", (await Job(killer)).GetProperty("state").GetString());
        Assert.Equal("succeeded", (await Job(next)).GetProperty("state").GetString());
    }

    private static (string?, int, int, int) State(JsonElement job) =>
        (
            job.GetProperty("state").GetString(),
            job.GetProperty("done").GetInt32(),
            job.GetProperty("total").GetInt32(),
            job.GetProperty("percent").GetInt32()
        );

    private sealed record Place(int Next);
}
