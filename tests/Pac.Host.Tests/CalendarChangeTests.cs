using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A holiday decided late moves the promise of every open dossier, across two modules.</summary>
public sealed class CalendarChangeTests(SharedHost fixture)
{
    [Fact]
    public async Task A_closure_published_over_HTTP_moves_what_is_promised_and_the_timeline_says_so()
    {
        var client = await fixture.Host.Machine();
        var dossier = (await client.Receives()).Expect(201);
        var settled = (await client.Receives()).Expect(201);
        var sent = (await client.Post(settled.Location + "/transfer", new { }, ("If-Match", settled.ETag))).Expect(200);
        var document = new
        {
            number = "1/QD",
            date = "2026-01-05",
            signer = "Giám đốc Sở",
            refusalReason = "Thiếu điều kiện",
        };
        (await client.Post(settled.Location + "/settle", document, ("If-Match", sent.ETag))).Expect(200);
        var due = Due(dossier);
        var closed = DateOnly.FromDateTime((await FirstWorkingDayAfter(client, dossier)).DateTime);
        var calendar = (await client.Get("/api/v1/calendars/dak-lak")).Expect(200);

        var changed = await client.Post(
            "/api/v1/calendars/dak-lak/special-days",
            new
            {
                reason = "Notice of the province",
                days = new[]
                {
                    new
                    {
                        date = closed,
                        isOpen = false,
                        name = "Storm",
                        nameVi = "Bão",
                    },
                },
            },
            ("If-Match", calendar.ETag)
        );
        var version = changed.Expect(201).Json.GetProperty("version").GetInt32();

        await Eventually.True(async () => Due((await client.Get(dossier.Location)).Expect(200)) > due, "The promise does not move.");
        var moved = (await client.Get(dossier.Location)).Expect(200);
        Assert.Equal(version, moved.Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32());
        Assert.NotEqual(dossier.ETag, moved.ETag);
        Assert.Equal(["received", "dueTimeMoved"], await Acts(client, dossier));
        Assert.DoesNotContain("dueTimeMoved", await Acts(client, settled));
        var next = (await client.Receives()).Expect(201);
        Assert.Equal(Due(moved), Due(next));
        Assert.Equal(version, next.Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32());
    }

    private static async Task<DateTimeOffset> FirstWorkingDayAfter(HttpClient client, Reply dossier) => (
            await client.Post(
                "/api/v1/calendars/dak-lak/due-times",
                new
                {
                    start = dossier.Json.GetProperty("receivedAt").GetDateTimeOffset(),
                    term = new { value = 1, unit = "workingDay" },
                    policy = "endOfDay",
                }
            )
        ).Expect(200).Json.GetProperty("dueAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(7));

    private static DateTimeOffset Due(Reply dossier) => dossier.Json.GetProperty("dueAt").GetDateTimeOffset();

    private static async Task<string[]> Acts(HttpClient client, Reply dossier) =>
        [
            .. (await client.Get(dossier.Location + "/timeline"))
                .Expect(200)
                .Json.GetProperty("entries")
                .EnumerateArray()
                .Select(e => e.GetProperty("act").GetString()!),
        ];
}
