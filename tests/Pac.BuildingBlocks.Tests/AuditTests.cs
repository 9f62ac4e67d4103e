using System.Text.Json;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Every act leaves its trace in the transaction that did it.</summary>
public sealed class AuditTests(NotesHost fixture) : ModuleTests(fixture)
{
    private static readonly TestCaller Clerk = TestCaller.May("notes.read", "notes.write").As("clerk-7").Through("counter-app");

    [Fact]
    public async Task An_act_is_recorded_with_who_what_when_and_from_where()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        var note = (
            await Host.Client(Clerk).Post("/api/v1/notes", new { title = "a" }, ("traceparent", $"00-{trace}-b7ad6b7169203331-01"))
        ).Expect(201);

        var row = await Row("Added");
        Assert.Equal("WriteNote", row.GetProperty("act").GetString());
        Assert.Equal("Note", row.GetProperty("kind").GetString());
        Assert.Equal(note.Json.GetProperty("id").GetString(), row.GetProperty("thing").GetString());
        Assert.Equal("clerk-7", row.GetProperty("subject").GetString());
        Assert.Equal("counter-app", row.GetProperty("client_id").GetString());
        Assert.Equal("127.0.0.1", row.GetProperty("address").GetString());
        Assert.Equal(trace, row.GetProperty("trace_id").GetString());
        Assert.Equal(TestClock.Start, row.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_change_is_recorded_with_before_and_after_but_personal_data_only_as_changed()
    {
        var client = Host.Client(Clerk);
        var note = (await client.Post("/api/v1/notes", new { title = "before", phone = "0900111222" })).Expect(201);
        (await client.Patch(note.Location, new { title = "after", phone = "0900333444" }, ("If-Match", note.ETag))).Expect(200);

        var changes = JsonSerializer.Deserialize<Dictionary<string, string?[]>>(
            (await Row("ChangeNote")).GetProperty("changes").GetRawText()
        )!;
        Assert.Equal(["before", "after"], changes["Title"]);
        Assert.Empty(changes["Phone"]);
        Assert.DoesNotContain("Copies", changes.Keys);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM notes.audit WHERE audit::text LIKE '%0900%'"));
    }

    [Fact]
    public async Task A_removal_is_recorded_and_a_refused_act_is_not()
    {
        var client = Host.Client(Clerk);
        var note = (await client.Post("/api/v1/notes", new { title = "a" })).Expect(201);
        (await client.Delete(note.Location, ("If-Match", "\"1\""))).Expect(412);
        (await client.Post("/api/v1/notes", new { title = "refused" })).Expect(422);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM notes.audit"));

        (await client.Delete(note.Location, ("If-Match", note.ETag))).Expect(204);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM notes.audit WHERE act = 'DiscardNote'"));
    }

    [Fact]
    public async Task Nothing_personal_is_logged_when_a_request_fails()
    {
        await Host.Sql("ALTER TABLE notes.notes ADD CONSTRAINT no_phone CHECK (phone <> '0900555666')");
        try
        {
            (await Host.Client(Clerk).Post("/api/v1/notes", new { title = "a", phone = "0900555666" })).Expect(500, "unexpected");
        }
        finally
        {
            await Host.Sql("ALTER TABLE notes.notes DROP CONSTRAINT no_phone");
        }
        Assert.NotEmpty(Host.Said);
        Assert.All(Host.Said, line => Assert.DoesNotContain("0900555666", line, StringComparison.Ordinal));
    }

    private async Task<JsonElement> Row(string act) =>
        JsonSerializer.Deserialize<JsonElement>(
            await Host.Scalar<string>(
                act == "Added"
                    ? "SELECT row_to_json(a)::text FROM notes.audit a"
                    : "SELECT row_to_json(a)::text FROM notes.audit a WHERE act = $1",
                act == "Added" ? [] : [act]
            )
        );
}
