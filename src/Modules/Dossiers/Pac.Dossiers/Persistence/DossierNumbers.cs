using Npgsql;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>Serial numbers from one row per agency and day. The row stays locked until the act commits, so a refused act leaves no gap.</summary>
internal sealed class DossierNumbers(DossiersDbContext db) : IDossierNumbers
{
    /// <summary>First half of the advisory lock that receptions share and a calendar change takes alone.</summary>
    public const int CalendarLock = 0x50414301;

    public Task<SerialNumber> Next(DateOnly day, FigureKey counted, string calendarCode, CancellationToken ct) =>
        Take(day, counted, calendarCode, count: true, ct);

    public Task<SerialNumber> NextUncounted(DateOnly day, FigureKey key, string calendarCode, CancellationToken ct) =>
        Take(day, key, calendarCode, count: false, ct);

    public async Task<int> CalendarVersion(string calendarCode, CancellationToken ct)
    {
        await db.Begin(ct);
        await using var batch = db.Batch();
        batch.BatchCommands.Add(SharedLock(calendarCode));
        batch.BatchCommands.Add(
            new("SELECT coalesce((SELECT version FROM dossiers.known_calendars WHERE code = $1), 0)")
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = calendarCode } },
            }
        );
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt32(0);
    }

    private async Task<SerialNumber> Take(DateOnly day, FigureKey counted, string calendarCode, bool count, CancellationToken ct)
    {
        await db.Begin(ct);
        // Three statements, one round trip. The second has its own snapshot, taken after the lock: it sees every calendar change
        // that will not see the dossier in hand.
        await using var batch = db.Batch();
        batch.BatchCommands.Add(SharedLock(calendarCode));
        batch.BatchCommands.Add(
            new(
                """
                INSERT INTO dossiers.dossier_numbers AS n (agency_code, day, last) VALUES ($1, $2, 1)
                ON CONFLICT (agency_code, day) DO UPDATE SET last = n.last + 1
                RETURNING last, coalesce((SELECT version FROM dossiers.known_calendars WHERE code = $3), 0),
                    (SELECT CASE WHEN ends_on < $2 THEN 0 ELSE last_version END FROM dossiers.procedures WHERE code = $4)
                """
            )
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = counted.AgencyCode },
                    new NpgsqlParameter<DateOnly> { TypedValue = day },
                    new NpgsqlParameter<string> { TypedValue = calendarCode },
                    new NpgsqlParameter<string> { TypedValue = counted.ProcedureCode },
                },
            }
        );
        if (count)
        {
            batch.BatchCommands.Add(SummarySql.Addition(SummaryDelta.Reception(day, counted)));
            db.NoteReceptionCounted();
        }
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    private static NpgsqlBatchCommand SharedLock(string calendarCode) =>
        new("SELECT pg_advisory_xact_lock_shared($1, hashtext($2))")
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = CalendarLock },
                new NpgsqlParameter<string> { TypedValue = calendarCode },
            },
        };
}
