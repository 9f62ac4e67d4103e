using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Tests.Notes;
using Pac.SharedKernel;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>A fact is delivered at least once and applied exactly once, whatever fails on the way.</summary>
public sealed class OutboxTests(NotesHost fixture) : ModuleTests(fixture)
{
    private const int TriesBeforeParking = 10;

    private Behaviour Behaviour => Host.Services.GetRequiredService<Behaviour>();

    public override ValueTask DisposeAsync()
    {
        Behaviour.OnNote = _ => Task.CompletedTask;
        return base.DisposeAsync();
    }

    [Fact]
    public async Task A_fact_is_written_with_the_act_and_not_without_it()
    {
        var note = await Writes("a");
        (await Host.Client("notes.write").Post("/api/v1/notes", new { title = "refused" })).Expect(422);

        var fact = Assert.Single(await Host.Facts<NoteWritten>());
        Assert.Equal(new NoteWritten(note, "a"), fact);
        Assert.Equal(0, await Times(note));
    }

    [Fact]
    public async Task Every_reaction_sees_a_fact_once_however_often_the_line_is_drained()
    {
        var note = await Writes("a");
        List<string> heard = [];
        Behaviour.OnNote = fact =>
        {
            heard.Add(fact.Title);
            return Task.CompletedTask;
        };

        await Host.DrainOutbox();
        await Host.DrainOutbox();

        Assert.Equal(1, await Times(note));
        Assert.Equal(["a"], heard);
        Assert.Equal(0, await Waiting());
    }

    [Fact]
    public async Task A_fact_that_was_applied_but_not_marked_is_not_applied_again()
    {
        var note = await Writes("a");
        await Host.DrainOutbox();

        await Host.Sql("UPDATE notes.outbox SET processed_at = NULL, next_attempt_at = now()");
        await Host.DrainOutbox();

        Assert.Equal(1, await Times(note));
        Assert.Equal(0, await Waiting());
    }

    [Fact]
    public async Task Two_hosts_on_one_database_apply_each_fact_once()
    {
        await using var second = await Host.Sibling();
        var client = Host.Client("notes.write");
        await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => client.Post("/api/v1/notes", new { title = "a" })));

        await Task.WhenAll(Host.DrainOutbox(), second.DrainOutbox(), Host.DrainOutbox(), second.DrainOutbox());

        Assert.Equal(120, await Host.Scalar<long>("SELECT count(*) FROM notes.seen WHERE times = 1"));
        Assert.Equal(120, await Host.Scalar<long>("SELECT sum(times)::bigint FROM notes.seen"));
        Assert.Equal(0, await Waiting());
    }

    [Fact]
    public async Task A_reaction_that_fails_is_tried_again_alone()
    {
        var note = await Writes("a");
        var tries = 0;
        Behaviour.OnNote = _ => ++tries < 3 ? throw new InvalidOperationException("secret") : Task.CompletedTask;

        await Host.DrainOutbox();
        Assert.Equal(
            "WhenNoteWritten_DoWhatTheTestSays: InvalidOperationException",
            await Host.Scalar<string>("SELECT last_error FROM notes.outbox")
        );
        Assert.Equal(1, await Times(note));
        await BecomeDue();
        await Host.DrainOutbox();
        await BecomeDue();
        await Host.DrainOutbox();

        Assert.Equal(3, tries);
        Assert.Equal(1, await Times(note));
        Assert.Equal(0, await Waiting());
        Assert.All(Host.Said, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(9)]
    public async Task The_pause_before_the_next_try_doubles(int attempt)
    {
        await Writes("a");
        Behaviour.OnNote = _ => throw new InvalidOperationException();
        await Host.Sql("UPDATE notes.outbox SET attempts = $1, next_attempt_at = now()", attempt - 1);

        await Host.DrainOutbox();

        var pause = await Host.Scalar<double>("SELECT extract(epoch FROM next_attempt_at - now())::float8 FROM notes.outbox");
        Assert.InRange(pause, Math.Pow(2, attempt - 2), Math.Pow(2, attempt - 1));
        Assert.Equal(1, await Waiting());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fact_that_fails_ten_times_is_parked_shown_and_can_be_put_back_while_others_go_on(bool asTimeout)
    {
        var poison = await Writes("poison");
        Behaviour.OnNote = fact =>
            fact.Title != "poison" ? Task.CompletedTask
            : asTimeout ? throw new TaskCanceledException()
            : throw new InvalidOperationException();
        List<Guid> others = [];
        for (var round = 0; round < TriesBeforeParking; round++)
        {
            others.Add(await Writes("good"));
            await BecomeDue();
            await Host.DrainOutbox();
        }
        await BecomeDue();
        await Host.DrainOutbox();

        foreach (var other in others)
            Assert.Equal(1, await Times(other));
        Assert.Equal(TriesBeforeParking, await Host.Scalar<int>("SELECT attempts FROM notes.outbox WHERE parked_at IS NOT NULL"));
        var health = (await Host.Anonymous().Get("/health/ready")).Expect(200).Json;
        Assert.Equal(("warn", 1), (health.GetProperty("status").GetString(), health.GetProperty("parkedEvents").GetInt32()));

        Behaviour.OnNote = _ => Task.CompletedTask;
        await using var scope = Host.Services.CreateAsyncScope();
        Assert.Equal(
            1,
            await scope.ServiceProvider.GetRequiredService<NotesDbContext>().RedriveOutbox(TestContext.Current.CancellationToken)
        );
        await Host.DrainOutbox();
        Assert.Equal(0, await Waiting());
        Assert.Equal(1, await Times(poison));
        Assert.Equal("pass", (await Host.Anonymous().Get("/health/ready")).Expect(200).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_fact_that_cannot_be_read_does_not_hold_up_the_others()
    {
        await Writes("broken");
        await Host.Sql("UPDATE notes.outbox SET payload = '[]', attempts = 9, next_attempt_at = now()");
        var good = await Writes("good");

        await Host.DrainOutbox();

        Assert.Equal(1, await Times(good));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM notes.outbox WHERE parked_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_fact_that_killed_its_host_at_every_try_is_parked_and_takes_no_other_along()
    {
        await Writes("killer");
        // What ten dead hosts leave behind: ten tries begun, none finished.
        await Host.Sql("UPDATE notes.outbox SET attempts = 10, next_attempt_at = now()");
        var beside = await Writes("beside");
        var tried = false;
        Behaviour.OnNote = fact =>
        {
            tried |= fact.Title == "killer";
            return Task.CompletedTask;
        };

        await Host.DrainOutbox();

        Assert.False(tried);
        Assert.Equal("unfinished", await Host.Scalar<string>("SELECT last_error FROM notes.outbox WHERE parked_at IS NOT NULL"));
        Assert.Equal(1, await Times(beside));
    }

    [Fact]
    public async Task Facts_whose_delivery_was_cut_short_are_taken_one_by_one()
    {
        List<Guid> notes = [await Writes("a"), await Writes("b"), await Writes("c")];
        await Host.Sql("UPDATE notes.outbox SET attempts = 1, next_attempt_at = now()");
        List<long> taken = [];
        Behaviour.OnNote = async _ => taken.Add(await Host.Scalar<long>("SELECT count(*) FROM notes.outbox WHERE attempts = 2"));

        await Host.DrainOutbox();

        Assert.Equal([1, 2, 3], taken);
        foreach (var note in notes)
            Assert.Equal(1, await Times(note));
    }

    [Fact]
    public async Task A_fact_under_delivery_is_left_alone_until_its_lease_ends()
    {
        var note = await Writes("a");
        await Host.Sql("UPDATE notes.outbox SET attempts = 1, next_attempt_at = now() + interval '20 seconds'");
        await Host.DrainOutbox();
        Assert.Equal(0, await Times(note));

        await BecomeDue();
        await Host.DrainOutbox();
        Assert.Equal(1, await Times(note));
    }

    [Fact]
    public async Task The_clock_of_the_host_does_not_delay_a_fact()
    {
        Host.Clock.Advance(TimeSpan.FromDays(40_000));
        var note = await Writes("from the future");
        await Host.DrainOutbox();
        Assert.Equal(1, await Times(note));
    }

    [Fact]
    public async Task A_fact_that_nobody_waits_for_is_done()
    {
        await Host.Tell(new NobodyListens(1));
        await Host.DrainOutbox();
        Assert.Equal(0, await Waiting());
    }

    [Fact]
    public async Task What_was_delivered_and_answered_long_ago_is_forgotten_and_the_rest_is_kept()
    {
        await Writes("old");
        await Host.DrainOutbox();
        await Host.Client("notes.write").Post("/api/v1/notes", new { title = "key" }, ("Idempotency-Key", "old"));
        await Host.Sql(
            """
            UPDATE notes.outbox SET processed_at = now() - interval '9 days' WHERE processed_at IS NOT NULL;
            UPDATE notes.inbox SET applied_at = now() - interval '31 days';
            UPDATE notes.kept_answers SET kept_at = now() - interval '9 days'
            """
        );
        await Host.Client("notes.write").Post("/api/v1/notes", new { title = "key" }, ("Idempotency-Key", "young"));

        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotesDbContext>().ForgetOldMessages(TestContext.Current.CancellationToken);

        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM notes.outbox"));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM notes.inbox"));
        Assert.Equal("young", await Host.Scalar<string>("SELECT key FROM notes.kept_answers"));
    }

    private async Task<Guid> Writes(string title) =>
        (await Host.Client("notes.write").Post("/api/v1/notes", new { title })).Expect(201).Json.GetProperty("id").GetGuid();

    private Task<int> Times(Guid note) => Host.Scalar<int>("SELECT coalesce(sum(times), 0)::int FROM notes.seen WHERE id = $1", note);

    private Task<long> Waiting() => Host.Scalar<long>("SELECT count(*) FROM notes.outbox WHERE processed_at IS NULL AND parked_at IS NULL");

    private Task<int> BecomeDue() => Host.Sql("UPDATE notes.outbox SET next_attempt_at = now() WHERE processed_at IS NULL");

    [EventName("notes.nobody-listens.v1")]
    private sealed record NobodyListens(int Number) : IIntegrationEvent;
}
