using Npgsql;
using NpgsqlTypes;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The statements that keep the figures beside the acts.</summary>
internal static class SummarySql
{
    // Rows are written in the order of their key, so that two acts never wait for each other in a circle.
    private const string Add = """
        INSERT INTO dossiers.summaries AS s (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance,
            received, settled, early, on_time, late, returned, withdrawn, refused, stopped, rejected)
        SELECT grain, CASE grain WHEN 'd' THEN day ELSE date_trunc('month', day::timestamp)::date END AS period,
            centre, CASE grain WHEN 'c' THEN '' ELSE agency END, CASE grain WHEN 'c' THEN '' ELSE field END,
            CASE grain WHEN 'c' THEN '' ELSE procedure END, channel, assistance,
            sum(received), sum(settled), sum(early), sum(on_time), sum(late), sum(returned), sum(withdrawn), sum(refused), sum(stopped), sum(rejected)
        FROM unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::int[], $9::int[], $10::int[], $11::int[], $12::int[], $13::int[], $14::int[], $15::int[], $16::int[], $17::int[])
            AS a (day, centre, agency, field, procedure, channel, assistance, received, settled, early, on_time, late, returned, withdrawn, refused,
                stopped, rejected),
            (VALUES ('c'), ('d'), ('m')) AS g (grain)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        """;

    /// <summary>What happens when the row is there already.</summary>
    public const string Merge = """
        ON CONFLICT (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance) DO UPDATE SET
            received = s.received + excluded.received, settled = s.settled + excluded.settled, early = s.early + excluded.early,
            on_time = s.on_time + excluded.on_time, late = s.late + excluded.late, returned = s.returned + excluded.returned,
            withdrawn = s.withdrawn + excluded.withdrawn, refused = s.refused + excluded.refused, stopped = s.stopped + excluded.stopped,
            rejected = s.rejected + excluded.rejected
        """;

    // The usual case, one act: nothing to sum up.
    private const string AddOne = """
        INSERT INTO dossiers.summaries AS s (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance,
            received, settled, early, on_time, late, returned, withdrawn, refused, stopped, rejected)
        VALUES ('c', $2, $3, '', '', '', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18),
            ('d', $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18),
            ('m', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """;

    public static Task AddToSummaries(this DossiersDbContext db, IReadOnlyList<SummaryDelta> deltas, CancellationToken ct) =>
        deltas is [{ } one] ? db.AddOneToSummaries(one, ct) : db.AddManyToSummaries(deltas, ct);

    /// <summary>The statement that adds what one act adds.</summary>
    public static NpgsqlBatchCommand Addition(SummaryDelta d)
    {
        var command = new NpgsqlBatchCommand(AddOne + " " + Merge);
        var p = command.Parameters;
        p.Add(new NpgsqlParameter<DateOnly> { TypedValue = d.Day });
        p.Add(new NpgsqlParameter<DateOnly> { TypedValue = new(d.Day.Year, d.Day.Month, 1) });
        p.Add(new NpgsqlParameter<string> { TypedValue = d.Key.CentreCode });
        p.Add(new NpgsqlParameter<string> { TypedValue = d.Key.AgencyCode });
        p.Add(new NpgsqlParameter<string> { TypedValue = d.Key.FieldCode });
        p.Add(new NpgsqlParameter<string> { TypedValue = d.Key.ProcedureCode });
        p.Add(new NpgsqlParameter<string> { TypedValue = d.Key.Channel.ToString() });
        p.Add(new NpgsqlParameter<string> { TypedValue = d.Key.Assistance.ToString() });
        foreach (
            var number in (ReadOnlySpan<int>)
                [d.Received, d.Settled, d.Early, d.OnTime, d.Late, d.Returned, d.Withdrawn, d.Refused, d.Stopped, d.Rejected]
        )
            p.Add(new NpgsqlParameter<int> { TypedValue = number });
        return command;
    }

    private static async Task AddOneToSummaries(this DossiersDbContext db, SummaryDelta d, CancellationToken ct)
    {
        await using var batch = db.Batch();
        batch.BatchCommands.Add(Addition(d));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task AddManyToSummaries(this DossiersDbContext db, IReadOnlyList<SummaryDelta> deltas, CancellationToken ct)
    {
        await using var command = db.Command(Add + " " + Merge);
        command.Parameters.Add(new() { Value = Of(d => d.Day), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        Text(d => d.Key.CentreCode);
        Text(d => d.Key.AgencyCode);
        Text(d => d.Key.FieldCode);
        Text(d => d.Key.ProcedureCode);
        Text(d => d.Key.Channel.ToString());
        Text(d => d.Key.Assistance.ToString());
        Number(d => d.Received);
        Number(d => d.Settled);
        Number(d => d.Early);
        Number(d => d.OnTime);
        Number(d => d.Late);
        Number(d => d.Returned);
        Number(d => d.Withdrawn);
        Number(d => d.Refused);
        Number(d => d.Stopped);
        Number(d => d.Rejected);
        await command.ExecuteNonQueryAsync(ct);

        T[] Of<T>(Func<SummaryDelta, T> select) => [.. deltas.Select(select)];
        void Text(Func<SummaryDelta, string> select) =>
            command.Parameters.Add(new() { Value = Of(select), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        void Number(Func<SummaryDelta, int> select) =>
            command.Parameters.Add(new() { Value = Of(select), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
    }
}
