using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Nobody writes over what he has not seen, and nobody reads twice what has not changed.</summary>
public sealed class EntityTagTests(NotesHost fixture) : ModuleTests(fixture)
{
    private HttpClient Writer => Host.Client("notes.read", "notes.write");

    private async Task<Reply> Written() => (await Writer.Post("/api/v1/notes", new { title = "first", copies = 2 })).Expect(201);

    [Fact]
    public async Task The_tag_of_the_creation_is_the_tag_of_the_reading_and_changes_with_every_change()
    {
        var note = await Written();
        Assert.Equal(note.ETag, (await Writer.Get(note.Location)).Expect(200).ETag);

        var changed = (await Writer.Patch(note.Location, new { copies = 3 }, ("If-Match", note.ETag))).Expect(200);

        Assert.NotEqual(note.ETag, changed.ETag);
        Assert.Equal(changed.ETag, (await Writer.Get(note.Location)).ETag);
    }

    [Fact]
    public async Task Whoever_has_the_present_version_gets_304_without_a_body()
    {
        var note = await Written();
        foreach (var known in new[] { note.ETag, "W/" + note.ETag, $"\"7\", {note.ETag}", "*" })
        {
            var reply = (await Writer.Get(note.Location, ("If-None-Match", known))).Expect(304);
            Assert.Empty(reply.Text);
            Assert.Equal(note.ETag, reply.ETag);
        }
        foreach (var other in new[] { "\"7\"", "\"\"", "nonsense" })
            (await Writer.Get(note.Location, ("If-None-Match", other))).Expect(200);
    }

    [Fact]
    public async Task A_change_without_the_version_seen_is_refused()
    {
        var note = await Written();
        (await Writer.Patch(note.Location, new { copies = 3 })).Expect(428, "precondition-required");
        (await Writer.Delete(note.Location)).Expect(428, "precondition-required");
        Assert.Equal(note.ETag, (await Writer.Get(note.Location)).ETag);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("\"0\"")]
    [InlineData("\"99999999999\"")]
    [InlineData("\"-1\"")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_change_over_another_version_is_refused(string seen)
    {
        var note = await Written();
        (await Writer.Patch(note.Location, new { copies = 3 }, ("If-Match", seen))).Expect(412, "stale");
        (await Writer.Delete(note.Location, ("If-Match", seen))).Expect(412, "stale");
        (await Writer.Patch(note.Location, new { copies = 3 }, ("If-Match", "W/" + note.ETag))).Expect(412, "stale");
        Assert.Equal(note.ETag, (await Writer.Get(note.Location)).ETag);
    }

    [Fact]
    public async Task Of_many_who_change_one_version_at_once_one_wins_and_nothing_is_lost()
    {
        var note = await Written();

        var replies = await Task.WhenAll(
            Enumerable.Range(10, 16).Select(n => Writer.Patch(note.Location, new { copies = n }, ("If-Match", note.ETag)))
        );

        var winner = Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r != winner), r => Assert.True(r.Status is 409 or 412, r.ToString()));
        var now = (await Writer.Get(note.Location)).Expect(200);
        Assert.Equal(winner.Text, now.Text);
        Assert.Equal(winner.ETag, now.ETag);
    }

    [Fact]
    public async Task A_patch_replaces_what_it_names_and_leaves_the_rest()
    {
        var note = (
            await Writer.Post(
                "/api/v1/notes",
                new
                {
                    title = "first",
                    phone = "0900",
                    copies = 2,
                }
            )
        ).Expect(201);

        var changed = (await Writer.Patch(note.Location, new { title = "second" }, ("If-Match", note.ETag))).Expect(200);
        Assert.Equal(("second", "0900", 2), Of(changed));

        var nothing = (await Writer.Patch(note.Location, "{}", ("If-Match", changed.ETag))).Expect(200);
        Assert.Equal(("second", "0900", 2), Of(nothing));

        static (string?, string?, int) Of(Reply r) =>
            (r.Json.GetProperty("title").GetString(), r.Json.GetProperty("phone").GetString(), r.Json.GetProperty("copies").GetInt32());
    }

    [Fact]
    public async Task A_patch_sent_as_plain_json_is_unsupported()
    {
        var note = await Written();
        foreach (var type in new[] { "application/json", "application/merge-patch+json; charset=utf-16", "application/json-patch+json" })
            (await Writer.Call(HttpMethod.Patch, note.Location, Calls.Body("{}", type), ("If-Match", note.ETag))).Expect(415);
        (
            await Writer.Call(
                HttpMethod.Patch,
                note.Location,
                Calls.Body("{}", "application/merge-patch+json; charset=\"UTF-8\""),
                ("If-Match", note.ETag)
            )
        ).Expect(200);
    }

    [Fact]
    public async Task What_was_discarded_is_gone()
    {
        var note = await Written();
        var reply = (await Writer.Delete(note.Location, ("If-Match", note.ETag))).Expect(204);
        Assert.Empty(reply.Text);
        (await Writer.Get(note.Location)).Expect(404, "note-not-found");
        (await Writer.Delete(note.Location, ("If-Match", note.ETag))).Expect(404, "note-not-found");
    }
}
