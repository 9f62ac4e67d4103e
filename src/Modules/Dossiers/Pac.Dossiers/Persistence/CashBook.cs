using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Locks are always taken in one order, so that nobody waits in a circle: the order at the gateway, the dossier, the till, the numbers.
/// </summary>
internal sealed class CashBook(DossiersDbContext db) : ICashBook
{
    private const int RangeLock = 0x50414302;

    public async Task Hold(DossierId dossier, CancellationToken ct)
    {
        await db.Begin(ct);
        await using var command = db.Command("SELECT 1 FROM dossiers.dossiers WHERE id = $1 FOR UPDATE");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = dossier.Value });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<ReceiptNumber?> NextNumber(
        FeeKind kind,
        string centreCode,
        Guid? counterId,
        string? cashier,
        DateOnly day,
        CancellationToken ct
    )
    {
        await db.Begin(ct);
        while (true)
        {
            // The row stays locked until the payment commits, so that a refused one leaves no gap.
            await using (
                var take = db.Command(
                    """
                    UPDATE dossiers.receipt_series SET given = given + 1 WHERE id = (
                        SELECT id FROM dossiers.receipt_series
                        WHERE centre_code = $1 AND kind = $2 AND closed_at IS NULL AND given < last_number
                            AND valid_from <= $5 AND (valid_to IS NULL OR valid_to >= $5)
                            AND (counter_id IS NULL OR counter_id = $3) AND (cashier IS NULL OR cashier = $4)
                        ORDER BY cashier IS NULL, counter_id IS NULL, valid_from, id
                        LIMIT 1 FOR UPDATE)
                    RETURNING id, form_code, series, given
                    """
                )
            )
            {
                Bind(take, kind, centreCode, counterId, cashier, day);
                await using var reader = await take.ExecuteReaderAsync(ct);
                if (await reader.ReadAsync(ct))
                    return new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), ReceiptNumber.Written(reader.GetInt32(3)));
            }
            // Whoever waited for the last number of a range finds it used up; another range may have some.
            await using var look = db.Command(
                """
                SELECT count(*) FILTER (WHERE closed_at IS NULL AND given < last_number AND valid_from <= $5 AND (valid_to IS NULL OR valid_to >= $5)
                        AND (counter_id IS NULL OR counter_id = $3) AND (cashier IS NULL OR cashier = $4)), count(*)
                FROM dossiers.receipt_series WHERE centre_code = $1 AND kind = $2
                """
            );
            Bind(look, kind, centreCode, counterId, cashier, day);
            await using var found = await look.ExecuteReaderAsync(ct);
            await found.ReadAsync(ct);
            if (found.GetInt64(0) > 0)
                continue;
            return found.GetInt64(1) == 0 ? null : throw new BusinessRuleException(CashErrors.SeriesExhausted);
        }
    }

    public async Task CheckRange(NumberRange range, CancellationToken ct)
    {
        await db.Begin(ct);
        await using var batch = db.Batch();
        batch.BatchCommands.Add(
            new("SELECT pg_advisory_xact_lock($1, hashtext($2))")
            {
                Parameters =
                {
                    new NpgsqlParameter<int> { TypedValue = RangeLock },
                    new NpgsqlParameter<string> { TypedValue = $"{range.FormCode}\n{range.Series}" },
                },
            }
        );
        batch.BatchCommands.Add(
            new(
                """
                SELECT count(*) FROM dossiers.receipt_series
                WHERE form_code = $1 AND series = $2 AND first_number <= $4 AND last_number >= $3
                """
            )
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = range.FormCode },
                    new NpgsqlParameter<string> { TypedValue = range.Series },
                    new NpgsqlParameter<int> { TypedValue = range.From },
                    new NpgsqlParameter<int> { TypedValue = range.To },
                },
            }
        );
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetInt64(0) > 0)
            throw new BusinessRuleException(CashErrors.SeriesOverlap);
    }

    public async Task<TillId> OpenTill(
        string centreCode,
        Guid? counterId,
        string cashier,
        DateOnly day,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        await db.Begin(ct);
        while (true)
        {
            await using (
                var open = db.Command(
                    """
                    INSERT INTO dossiers.tills (id, centre_code, counter_id, cashier, day, opened_at, opening_dong, revision)
                    VALUES ($1, $2, $3, $4, $5, $6, 0, 1)
                    ON CONFLICT (centre_code, cashier, day) WHERE closed_at IS NULL DO NOTHING
                    """
                )
            )
            {
                open.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) });
                open.Parameters.Add(new NpgsqlParameter<string> { TypedValue = centreCode });
                open.Parameters.Add(Counter(counterId));
                open.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cashier });
                open.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
                open.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
                await open.ExecuteNonQueryAsync(ct);
            }
            await using var hold = db.Command(
                "SELECT id FROM dossiers.tills WHERE centre_code = $1 AND cashier = $2 AND day = $3 AND closed_at IS NULL FOR SHARE"
            );
            hold.Parameters.Add(new NpgsqlParameter<string> { TypedValue = centreCode });
            hold.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cashier });
            hold.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
            // None: it was closed while we waited. The next one is opened.
            if (await hold.ExecuteScalarAsync(ct) is Guid id)
                return new(id);
        }
    }

    public async Task DemandOpen(TillId till, CancellationToken ct)
    {
        await db.Begin(ct);
        await using var command = db.Command("SELECT closed_at IS NULL FROM dossiers.tills WHERE id = $1 FOR SHARE");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = till.Value });
        if (await command.ExecuteScalarAsync(ct) is not true)
            throw new BusinessRuleException(CashErrors.TillClosed);
    }

    public async Task<TillTotals> SumUp(TillId till, CancellationToken ct)
    {
        await db.Begin(ct);
        await using var batch = db.Batch();
        batch.BatchCommands.Add(
            new("SELECT 1 FROM dossiers.tills WHERE id = $1 FOR UPDATE")
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = till.Value } },
            }
        );
        // Its own snapshot, taken after the lock: it sees every payment that was in hand.
        batch.BatchCommands.Add(new(TillSql.Totals) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [till.Value] } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? TillSql.Read(reader).Totals : TillTotals.Nothing;
    }

    public async Task<string> NextRefundNumber(string centreCode, DateOnly day, CancellationToken ct)
    {
        await db.Begin(ct);
        await using var command = db.Command(
            """
            INSERT INTO dossiers.refund_numbers AS n (centre_code, year, last) VALUES ($1, $2, 1)
            ON CONFLICT (centre_code, year) DO UPDATE SET last = n.last + 1 RETURNING last
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = centreCode });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = day.Year });
        var number = (int)(await command.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"HT-{centreCode}-{day.Year}-{number:0000}");
    }

    private static void Bind(NpgsqlCommand command, FeeKind kind, string centreCode, Guid? counterId, string? cashier, DateOnly day)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = centreCode });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.ToString() });
        command.Parameters.Add(Counter(counterId));
        command.Parameters.Add(new() { Value = cashier ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
    }

    private static NpgsqlParameter Counter(Guid? id) => new() { Value = id ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}

/// <summary>The sums of tills, out of the money book.</summary>
internal static class TillSql
{
    public const string Totals = """
        SELECT e.till_id,
            (SELECT count(*) FROM dossiers.fee_receipts r WHERE r.till_id = e.till_id)::int,
            coalesce(sum(dong) FILTER (WHERE move = 'Collected'), 0)::bigint,
            coalesce(sum(dong) FILTER (WHERE move = 'Voided'), 0)::bigint,
            coalesce(sum(dong) FILTER (WHERE move = 'Refunded'), 0)::bigint
        FROM dossiers.money_entries e WHERE e.till_id = ANY($1) GROUP BY e.till_id
        """;

    public static (Guid Till, TillTotals Totals) Read(NpgsqlDataReader reader) =>
        (reader.GetGuid(0), new(reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));

    /// <summary>What went through these tills; one that nothing went through is not among them.</summary>
    public static async Task<Dictionary<Guid, TillTotals>> TotalsOf(
        this DossiersDbContext db,
        IReadOnlyCollection<Guid> tills,
        CancellationToken ct
    )
    {
        await db.Open(ct);
        await using var command = db.Command(Totals);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. tills] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<Guid, TillTotals> found = [];
        while (await reader.ReadAsync(ct))
        {
            var (till, totals) = Read(reader);
            found[till] = totals;
        }
        return found;
    }
}
