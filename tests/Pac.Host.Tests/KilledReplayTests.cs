using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A host that is killed while it computes the clocks anew: another one goes on, and no dossier moves twice.</summary>
public sealed class KilledReplayTests
{
    private const int Open = 12;

    [Fact]
    public async Task A_replay_that_kill_9_interrupts_is_taken_over_and_moves_every_open_dossier_once()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString);
        var client = await first.Machine();
        for (var n = 0; n < Open; n++)
            (await client.Receives()).Expect(201);
        var held = await database.Scalar<Guid>("SELECT id FROM dossiers.dossiers WHERE settled_at IS NULL ORDER BY id OFFSET 7 LIMIT 1");
        // An officer has one of them in hand, so the job waits in the middle of its way.
        await using (await database.Hold($"SELECT 1 FROM dossiers.dossiers WHERE id = '{held}' FOR UPDATE"))
        {
            await Close(client);
            await Eventually.True(
                async () => await database.Scalar<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
                "The replay does not come to the dossier that is held."
            );
            await first.Kill();
        }
        Assert.Equal("Running", await database.Scalar<string>("SELECT state FROM dossiers.jobs WHERE kind = 'replay-clocks'"));
        var before = await database.Scalar<long>("SELECT count(*) FROM dossiers.clock_moves");
        Assert.InRange(before, 0, 7);

        await using var second = await first.StartAgain();
        await Eventually.True(
            async () => await database.Scalar<string>("SELECT state FROM dossiers.jobs WHERE kind = 'replay-clocks'") == "Succeeded",
            "Nobody goes on with the replay."
        );

        Assert.Equal(2, await database.Scalar<int>("SELECT fence FROM dossiers.jobs WHERE kind = 'replay-clocks'"));
        Assert.Equal(
            0,
            await database.Scalar<long>(
                "SELECT count(*) FROM dossiers.dossiers WHERE settled_at IS NULL AND calendar_code = 'dak-lak' AND clock->>'calendarVersion' <> '2'"
            )
        );
        // What moved stands once in the report and once on the timeline, whichever host moved it.
        var moves = await database.Scalar<long>("SELECT count(*) FROM dossiers.clock_moves");
        Assert.InRange(moves, Open, long.MaxValue);
        Assert.Equal(moves, await database.Scalar<long>("SELECT count(*) FROM dossiers.timeline WHERE act = 'dueTimeMoved'"));
    }

    // The working day after the next one is closed: whatever has a term of some days moves.
    private static async Task Close(HttpClient client)
    {
        var dossier = (await client.Receives()).Expect(201).Json;
        var next = await client.Post(
            "/api/v1/calendars/dak-lak/due-times",
            new
            {
                start = dossier.GetProperty("receivedAt").GetDateTimeOffset(),
                term = new { value = 1, unit = "workingDay" },
                policy = "endOfDay",
            }
        );
        var day = DateOnly.FromDateTime(
            next.Expect(200).Json.GetProperty("dueAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(7)).DateTime
        );
        var calendar = (await client.Get("/api/v1/calendars/dak-lak")).Expect(200);
        (
            await client.Post(
                "/api/v1/calendars/dak-lak/special-days",
                new
                {
                    reason = "Storm",
                    days = new[]
                    {
                        new
                        {
                            date = day,
                            isOpen = false,
                            name = "Storm",
                            nameVi = "Bão",
                        },
                    },
                },
                ("If-Match", calendar.ETag)
            )
        ).Expect(201);
    }
}
