using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>A fault of one staged row.</summary>
internal sealed record RowFault(int Line, string? SourceId, string Member, string Code);

/// <summary>The statements of an import. Each batch is one transaction with its figures, its faults and the checkpoint.</summary>
internal static class ImportSql
{
    private const string BatchTable = """
        CREATE TEMP TABLE IF NOT EXISTS import_batch (line int, id uuid, source_id text, code text, procedure_code text, procedure_version int,
            field_code text, centre_code text, agency_code text, channel text, status text, applicant_kind text, applicant_name text,
            applicant_search text, applicant_identity_number text, applicant_identity_sealed bytea, applicant_identity_index bytea,
            applicant_phone text, received_at timestamptz, due_at timestamptz, outcome text,
            settled_at timestamptz, returned_at timestamptz, return_method text, late_cause text) ON COMMIT DELETE ROWS
        """;

    /// <summary>The day of an instant at the centre; fixed offset, so that no zone table is needed.</summary>
    public const string Zone = "INTERVAL '7 hours'";

    /// <summary>What each dossier of <c>ins</c> adds to the figures of its days; the same rule counts and recounts.</summary>
    public const string Facts = $"""
        SELECT (received_at AT TIME ZONE {Zone})::date AS day, centre_code, agency_code, field_code, procedure_code, channel, assistance,
            1 AS received, 0 AS settled, 0 AS early, 0 AS on_time, 0 AS late, 0 AS returned, 0 AS withdrawn, 0 AS refused, 0 AS stopped, 0 AS rejected
        FROM ins WHERE NOT only_submitted
        UNION ALL
        SELECT (settled_at AT TIME ZONE {Zone})::date, centre_code, agency_code, field_code, procedure_code, channel, assistance, 0, 1,
            CASE WHEN settled_at <= due_at AND (settled_at AT TIME ZONE {Zone})::date < (due_at AT TIME ZONE {Zone})::date THEN 1 ELSE 0 END,
            CASE WHEN due_at IS NULL OR settled_at <= due_at
                AND (settled_at AT TIME ZONE {Zone})::date = (due_at AT TIME ZONE {Zone})::date THEN 1 ELSE 0 END,
            CASE WHEN settled_at > due_at THEN 1 ELSE 0 END, 0,
            CASE outcome WHEN 'Withdrawal' THEN 1 ELSE 0 END, CASE outcome WHEN 'Refusal' THEN 1 ELSE 0 END,
            CASE outcome WHEN 'Stop' THEN 1 ELSE 0 END, 0
        FROM ins WHERE settled_at IS NOT NULL AND NOT only_submitted
        UNION ALL
        SELECT (returned_at AT TIME ZONE {Zone})::date, centre_code, agency_code, field_code, procedure_code, channel, assistance,
            0, 0, 0, 0, 0, 1, 0, 0, 0, 0
        FROM ins WHERE returned_at IS NOT NULL AND NOT only_submitted
        UNION ALL
        SELECT (settled_at AT TIME ZONE {Zone})::date, centre_code, agency_code, field_code, procedure_code, channel, assistance,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 1
        FROM ins WHERE settled_at IS NOT NULL AND only_submitted AND outcome = 'Rejection'
        """;

    /// <summary>Sums the facts by day, by month, and by month of the centre alone, in the order of the key.</summary>
    public const string Sums = """
        SELECT grain, CASE grain WHEN 'd' THEN day ELSE date_trunc('month', day::timestamp)::date END AS period,
            centre_code, CASE grain WHEN 'c' THEN '' ELSE agency_code END AS agency_code,
            CASE grain WHEN 'c' THEN '' ELSE field_code END AS field_code,
            CASE grain WHEN 'c' THEN '' ELSE procedure_code END AS procedure_code, channel, assistance,
            sum(received)::int AS received, sum(settled)::int AS settled,
            sum(early)::int AS early, sum(on_time)::int AS on_time, sum(late)::int AS late, sum(returned)::int AS returned,
            sum(withdrawn)::int AS withdrawn, sum(refused)::int AS refused, sum(stopped)::int AS stopped, sum(rejected)::int AS rejected
        FROM facts, (VALUES ('c'), ('d'), ('m')) AS g (grain)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        """;

    // An open dossier is watched from its import on. What was overdue before is known to be, and nobody is told once more.
    private const string Watched = """
        CASE WHEN settled_at IS NULL THEN due_at END, CASE WHEN settled_at IS NULL AND due_at < now() THEN due_at END,
                CASE WHEN settled_at IS NULL AND due_at >= now() THEN due_at END
        """;

    private const string Insert = $"""
        WITH ins AS (
            INSERT INTO dossiers.dossiers (id, revision, source, source_id, code, procedure_code, procedure_version, field_code, centre_code,
                agency_code, channel, status, applicant_kind, applicant_name, applicant_search, applicant_identity_number,
                applicant_identity_sealed, applicant_identity_index, applicant_phone, received_at, due_at, outcome, settled_at, returned_at, return_method, late_cause, components, steps, only_submitted,
                work_due_at, noted_due_at, watch_at)
            SELECT id, 1, $1, source_id, code, procedure_code, procedure_version, field_code, centre_code, agency_code, channel, status,
                applicant_kind, applicant_name, applicant_search, applicant_identity_number, applicant_identity_sealed, applicant_identity_index,
                applicant_phone, received_at, due_at, outcome, settled_at, returned_at, return_method, late_cause, '[]', '[]', false, {Watched}
            FROM import_batch
            ON CONFLICT DO NOTHING
            RETURNING id, centre_code, agency_code, field_code, procedure_code, channel, assistance, only_submitted, received_at, due_at, settled_at,
                returned_at, outcome
        ), facts AS (
            {Facts}
        ), figures AS (
            INSERT INTO dossiers.summaries AS s (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped, rejected)
            {Sums}
            {SummarySql.Merge}
        )
        SELECT b.line, b.source_id FROM import_batch b WHERE NOT EXISTS (SELECT 1 FROM ins WHERE ins.id = b.id) ORDER BY b.line
        """;

    private const string Known = "SELECT source_id FROM dossiers.dossiers WHERE source = $1 AND source_id = ANY ($2)";

    public static async Task<List<(int Line, string?[] Cells)>> StagedRows(
        this DossiersDbContext db,
        Guid import,
        int after,
        int most,
        CancellationToken ct
    )
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Command(
            "SELECT line, cells FROM dossiers.import_rows WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3"
        );
        command.Parameters.Add(new() { Value = import });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(int, string?[])> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetInt32(0), reader.GetFieldValue<string?[]>(1)));
        return rows;
    }

    /// <summary>Writes the good rows of a batch with their figures. Returns the rows that were there already, and whether by id or only by code.</summary>
    public static async Task<List<(int Line, string SourceId, bool Known)>> InsertBatch(
        this DossiersDbContext db,
        string source,
        List<(int Line, ImportedDossier Dossier)> batch,
        IIdentityNumbers numbers,
        CancellationToken ct
    )
    {
        await using (var table = db.Command(BatchTable))
            await table.ExecuteNonQueryAsync(ct);
        await Copy((NpgsqlConnection)db.Database.GetDbConnection(), batch, numbers, ct);
        await using var command = db.Command(Insert);
        command.CommandTimeout = 120;
        command.Parameters.Add(new() { Value = source });
        List<(int Line, string SourceId)> skipped = [];
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                skipped.Add((reader.GetInt32(0), reader.GetString(1)));
        }
        // Asked by a statement of its own: only that one sees the rows which another import committed while this one waited for them.
        HashSet<string> known = [];
        await using var ask = db.Command(Known);
        ask.Parameters.Add(new() { Value = source });
        ask.Parameters.Add(new() { Value = skipped.Select(s => s.SourceId).ToArray() });
        await using var answer = await ask.ExecuteReaderAsync(ct);
        while (await answer.ReadAsync(ct))
            known.Add(answer.GetString(0));
        return [.. skipped.Select(s => (s.Line, s.SourceId, known.Contains(s.SourceId)))];
    }

    public static async Task WriteFaults(this DossiersDbContext db, Guid import, List<RowFault> faults, CancellationToken ct)
    {
        if (faults.Count == 0)
            return;
        await using var command = db.Command(
            """
            INSERT INTO dossiers.import_errors (import_id, line, source_id, member, code)
            SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING
            """
        );
        command.Parameters.Add(new() { Value = import });
        command.Parameters.Add(new() { Value = faults.Select(f => f.Line).ToArray() });
        command.Parameters.Add(
            new() { Value = faults.Select(f => f.SourceId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
        );
        command.Parameters.Add(new() { Value = faults.Select(f => f.Member).ToArray() });
        command.Parameters.Add(new() { Value = faults.Select(f => f.Code).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Forgets the staged rows of a batch, but for those that are kept to be mended.</summary>
    public static async Task ForgetStaged(this DossiersDbContext db, Guid import, int after, int upTo, int[] kept, CancellationToken ct)
    {
        await using var command = db.Command(
            "DELETE FROM dossiers.import_rows WHERE import_id = $1 AND line > $2 AND line <= $3 AND line <> ALL ($4)"
        );
        command.Parameters.Add(new() { Value = import });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = upTo });
        command.Parameters.Add(new() { Value = kept });
        await command.ExecuteNonQueryAsync(ct);
    }

    public static NpgsqlBatch Batch(this DossiersDbContext db) =>
        new((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());

    public static NpgsqlCommand Command(this DossiersDbContext db, string sql) =>
        new(sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());

    private static async Task Copy(
        NpgsqlConnection connection,
        List<(int Line, ImportedDossier Dossier)> batch,
        IIdentityNumbers numbers,
        CancellationToken ct
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY import_batch FROM STDIN (FORMAT BINARY)", ct);
        foreach (var (line, d) in batch)
        {
            var number = await numbers.Seal(d.ApplicantIdentity, ct);
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(line, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(Guid.CreateVersion7(d.ReceivedAt), NpgsqlDbType.Uuid, ct);
            await Text(d.SourceId);
            await Text(d.Code);
            await Text(d.ProcedureCode);
            await copy.WriteAsync(d.ProcedureVersion, NpgsqlDbType.Integer, ct);
            await Text(d.FieldCode);
            await Text(d.CentreCode);
            await Text(d.AgencyCode);
            await Text(d.Channel.ToString());
            await Text(d.Status.ToString());
            await Text(d.ApplicantKind.ToString());
            await Text(d.ApplicantName);
            await Text(Folded.Of(d.ApplicantName));
            await Text(number?.Masked);
            await Bytes(number?.Sealed);
            await Bytes(number?.Index);
            await Text(d.ApplicantPhone);
            await Instant(d.ReceivedAt);
            await Instant(d.DueAt);
            await Text(d.Outcome?.ToString());
            await Instant(d.SettledAt);
            await Instant(d.ReturnedAt);
            await Text(d.ReturnMethod?.ToString());
            await Text(d.LateCause);
        }
        await copy.CompleteAsync(ct);

        Task Text(string? value) => value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, NpgsqlDbType.Text, ct);
        Task Bytes(byte[]? value) => value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, NpgsqlDbType.Bytea, ct);
        Task Instant(DateTimeOffset? value) =>
            value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value.Value.ToUniversalTime(), NpgsqlDbType.TimestampTz, ct);
    }
}
