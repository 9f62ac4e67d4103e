using System.Globalization;
using Pac.BuildingBlocks.Persistence;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Pages by key: a walk over all of them meets every row once, whatever happens meanwhile.</summary>
public sealed class PagingTests(NotesHost fixture) : ModuleTests(fixture)
{
    private HttpClient Writer => Host.Client("notes.read", "notes.write");

    private async Task<string> Writes(string title)
    {
        Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return (await Writer.Post("/api/v1/notes", new { title })).Expect(201).Json.GetProperty("id").GetString()!;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Walking_the_pages_meets_every_row_once_while_rows_come_and_go(int limit)
    {
        List<string> before = [];
        for (var n = 0; n < 15; n++)
            before.Add(await Writes(n.ToString(CultureInfo.InvariantCulture)));

        List<string> met = [];
        var next = string.Create(CultureInfo.InvariantCulture, $"/api/v1/notes?limit={limit}");
        var removed = "";
        while (next is not null)
        {
            var page = (await Writer.Get(next)).Expect(200);
            var items = page.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!).ToList();
            Assert.True(items.Count <= limit);
            met.AddRange(items);
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            Assert.Equal(next is not null, page.Json.TryGetProperty("nextCursor", out _));
            if (met.Count < 40)
                await Writes("meanwhile");
            if (removed.Length == 0 && met.Count < 15)
            {
                // The row the cursor stands on goes away; the walk goes on behind it.
                removed = met[^1];
                await Host.Sql("DELETE FROM notes.notes WHERE id = $1", Guid.Parse(removed));
            }
        }

        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.Equal(before, met.Where(before.Contains));
    }

    [Fact]
    public async Task A_page_has_twenty_rows_unless_told_and_no_total_unless_asked()
    {
        for (var n = 0; n < 23; n++)
            await Writes("a");

        var page = (await Writer.Get("/api/v1/notes")).Expect(200).Json;
        Assert.Equal(20, page.GetProperty("items").GetArrayLength());
        Assert.False(page.TryGetProperty("total", out _));

        var counted = (await Writer.Get("/api/v1/notes?withTotal=true&limit=5")).Expect(200).Json;
        Assert.Equal(23, counted.GetProperty("total").GetInt32());
        Assert.Equal(5, counted.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_link_to_the_next_page_keeps_the_filters()
    {
        for (var n = 0; n < 5; n++)
            (await Writer.Post("/api/v1/notes", new { title = "a", kind = n % 2 == 0 ? "urgent" : "plain" })).Expect(201);

        var page = (await Writer.Get("/api/v1/notes?kind=urgent&limit=2&withTotal=true")).Expect(200);
        var link = page.Header("Link")!;
        Assert.Contains("kind=urgent&", link, StringComparison.Ordinal);
        Assert.EndsWith("; rel=\"next\"", link, StringComparison.Ordinal);
        var last = (await Writer.Get(link[1..link.IndexOf('>', StringComparison.Ordinal)])).Expect(200);

        Assert.Equal(3, last.Json.GetProperty("total").GetInt32());
        Assert.Equal("urgent", Assert.Single(last.Json.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Null(last.Header("Link"));
    }

    [Fact]
    public void A_cursor_reads_back_what_it_was_written_from()
    {
        var (at, id) = (TestClock.Start, Guid.CreateVersion7());
        Assert.Equal((at.ToUniversalTime(), id), Cursors.ReadInstantAndId(Cursors.Write(at, id)));
        Assert.Equal(id, Cursors.ReadId(Cursors.Write(id)));
        Assert.Equal("Hồ sơ", Cursors.ReadText(Cursors.Write("Hồ sơ")));
        Assert.Null(Cursors.ReadId(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("a")]
    [InlineData("====")]
    [InlineData("YWJj")]
    [InlineData("AAAA")]
    [InlineData("_____w")]
    public void A_cursor_of_another_list_is_refused(string cursor)
    {
        Assert.Throws<InvalidRequestException>(() => Cursors.ReadId(cursor));
        Assert.Throws<InvalidRequestException>(() => Cursors.ReadInstantAndId(cursor));
        Assert.Throws<InvalidRequestException>(() => Cursors.ReadInstantAndId(Cursors.Write(-1L, Guid.Empty)));
        Assert.Throws<InvalidRequestException>(() => Cursors.ReadInstantAndId(Cursors.Write(long.MaxValue, Guid.Empty)));
        Assert.Throws<InvalidRequestException>(() => Cursors.ReadText(new string('A', 401)));
        Assert.Throws<InvalidRequestException>(() => Cursors.ReadText(Cursors.Write("a", "b")));
    }
}
