using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pac.BuildingBlocks.Security;

namespace Pac.Dossiers.Persistence;

/// <summary>What figures are wanted, in terms of columns.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Dimensions">By what they are grouped: keys of <see cref="StatisticsSql.Columns"/>, time first.</param>
/// <param name="Filters">Values that columns must have.</param>
/// <param name="Scope">Which data the caller may see.</param>
internal sealed record FigureQuery(
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Dimensions,
    IReadOnlyDictionary<string, string> Filters,
    DataScope Scope
);

/// <summary>Sums of one group. A row of what came before the period carries only <see cref="CarriedOver"/>.</summary>
internal sealed record FigureRow(
    bool Before,
    string[] Key,
    long CarriedOver,
    long Received,
    long Settled,
    long Early,
    long OnTime,
    long Late,
    long Returned,
    long Withdrawn,
    long Refused,
    long Stopped,
    long Rejected
);

/// <summary>A figure that does not agree with the records.</summary>
internal sealed record FigureDifference(string Grain, DateOnly Period, string ProcedureCode, string Channel);

/// <summary>The statements behind the figures; they read the summaries, never the dossiers.</summary>
internal static class StatisticsSql
{
    /// <summary>What figures can be grouped and filtered by.</summary>
    public static readonly IReadOnlyDictionary<string, string> Columns = new Dictionary<string, string>
    {
        ["day"] = "period",
        ["week"] = "date_trunc('week', period::timestamp)::date",
        ["month"] = "date_trunc('month', period::timestamp)::date",
        ["centre"] = "centre_code",
        ["agency"] = "agency_code",
        ["field"] = "field_code",
        ["procedure"] = "procedure_code",
        ["channel"] = "channel",
        ["assistance"] = "assistance",
    };

    /// <summary>Whether a dimension is one of time.</summary>
    public static bool IsTime(string dimension) => dimension is "day" or "week" or "month";

    /// <summary>How a day, a week (ISO 8601, from Monday) or a month is written.</summary>
    public static string TimeKey(string dimension, DateOnly day) =>
        dimension switch
        {
            "day" => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "week" => Week(day),
            _ => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        };

    public static async Task<List<FigureRow>> ReadFigures(this DossiersDbContext db, FigureQuery query, int most, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Command("");
        command.CommandText = Text(query, most, command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var width = query.Dimensions.Count;
        List<FigureRow> rows = [];
        while (await reader.ReadAsync(ct))
        {
            var key = new string[width];
            for (var i = 0; i < width; i++)
                key[i] =
                    reader.IsDBNull(i + 1) ? ""
                    : IsTime(query.Dimensions[i]) ? TimeKey(query.Dimensions[i], reader.GetFieldValue<DateOnly>(i + 1))
                    : reader.GetString(i + 1);
            var n = width + 1;
            rows.Add(
                new(
                    reader.GetBoolean(0),
                    key,
                    reader.GetInt64(n),
                    reader.GetInt64(n + 1),
                    reader.GetInt64(n + 2),
                    reader.GetInt64(n + 3),
                    reader.GetInt64(n + 4),
                    reader.GetInt64(n + 5),
                    reader.GetInt64(n + 6),
                    reader.GetInt64(n + 7),
                    reader.GetInt64(n + 8),
                    reader.GetInt64(n + 9),
                    reader.GetInt64(n + 10)
                )
            );
        }
        return rows;
    }

    // One statement, so that both halves see one moment. Whole months are read by month; only columns of the list above are spliced.
    private static string Text(FigureQuery q, int most, NpgsqlParameterCollection parameters)
    {
        var wholeMonths = q.From.Day == 1 && q.To.AddDays(1).Day == 1 && !q.Dimensions.Any(d => d is "day" or "week");
        // A province asks for its year by month and channel; fifty procedures in a hundred centres need not be summed up for that.
        var centreAlone =
            q.Scope.Kind != DataScopeKind.Agency
            && q.Dimensions.Concat(q.Filters.Keys).All(d => IsTime(d) || d is "centre" or "channel" or "assistance");
        var months = centreAlone ? 'c' : 'm';
        Add(q.From);
        Add(q.To);
        Add(new DateOnly(q.From.Year, q.From.Month, 1));
        var where = new StringBuilder();
        foreach (var (name, value) in q.Filters)
            where.Append(CultureInfo.InvariantCulture, $" AND {Columns[name]} = ${Add(value)}");
        where.Append(
            q.Scope.Kind switch
            {
                DataScopeKind.Province => "",
                DataScopeKind.Centre => $" AND centre_code = ${Add(q.Scope.Code)}",
                DataScopeKind.Agency => $" AND agency_code = ${Add(q.Scope.Code)}",
                _ => " AND false",
            }
        );
        var keys = string.Concat(q.Dimensions.Select(d => $", {(wholeMonths && d == "month" ? "period" : Columns[d])}"));
        // What was open before belongs to no day of the period.
        var keysBefore = string.Concat(q.Dimensions.Select(d => IsTime(d) ? ", NULL::date" : $", {Columns[d]}"));
        var group = string.Join(", ", Enumerable.Range(1, q.Dimensions.Count + 1));
        return $"""
            (SELECT true{keysBefore}, (sum(received) - sum(settled))::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint,
                0::bigint, 0::bigint, 0::bigint, 0::bigint
            FROM dossiers.summaries
            WHERE (grain = '{months}' AND period < $3 OR grain = 'd' AND period >= $3 AND period < $1){where}
            GROUP BY {group} HAVING sum(received) <> sum(settled) LIMIT {most})
            UNION ALL
            (SELECT false{keys}, 0::bigint, sum(received)::bigint, sum(settled)::bigint, sum(early)::bigint, sum(on_time)::bigint,
                sum(late)::bigint, sum(returned)::bigint, sum(withdrawn)::bigint, sum(refused)::bigint, sum(stopped)::bigint, sum(rejected)::bigint
            FROM dossiers.summaries
            WHERE grain = '{(wholeMonths ? months : 'd')}' AND period >= $1 AND period <= $2{where}
            GROUP BY {group} LIMIT {most})
            """;

        int Add(object value)
        {
            parameters.Add(new() { Value = value });
            return parameters.Count;
        }
    }

    // The week of the year that has its Thursday (ISO 8601).
    private static string Week(DateOnly day)
    {
        var thursday = day.AddDays(3 - ((int)day.DayOfWeek + 6) % 7);
        return string.Create(CultureInfo.InvariantCulture, $"{thursday.Year:0000}-W{(thursday.DayOfYear - 1) / 7 + 1:00}");
    }

    private const string Counted = $"""
        WITH ins AS (SELECT * FROM dossiers.dossiers WHERE NOT only_submitted OR settled_at IS NOT NULL), facts AS ({ImportSql.Facts}),
            counted AS ({ImportSql.Sums})
        """;

    private const string Fill = $"""
        {Counted}
        INSERT INTO dossiers.summaries (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance,
            received, settled, early, on_time, late, returned, withdrawn, refused, stopped, rejected)
        SELECT * FROM counted
        """;

    /// <summary>
    /// Counts all figures anew, after a migration that counts by more than before; what was assisted is known from the other centre alone.
    /// </summary>
    public const string CountAnew = $"""
        UPDATE dossiers.dossiers SET assistance = 'AtOtherCentre' WHERE assisted_centre_code IS NOT NULL;
        DELETE FROM dossiers.summaries;
        {Fill};
        """;

    /// <summary>Counts the records anew and compares. Whoever repairs holds new acts off for as long as it takes.</summary>
    public static async Task<(long Compared, List<FigureDifference> Differences)> Recount(
        this DossiersDbContext db,
        bool repair,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (repair)
        {
            // Whatever changes a figure writes here before it commits. The dossiers are not locked: acts take the two in either order.
            await using var hold = db.Command("LOCK TABLE dossiers.summaries IN SHARE ROW EXCLUSIVE MODE");
            await hold.ExecuteNonQueryAsync(ct);
        }
        await using var compare = db.Command(
            Counted
                + """
                SELECT grain, period, procedure_code, channel,
                    (coalesce(c.received, 0), coalesce(c.settled, 0), coalesce(c.early, 0), coalesce(c.on_time, 0), coalesce(c.late, 0),
                        coalesce(c.returned, 0), coalesce(c.withdrawn, 0), coalesce(c.refused, 0), coalesce(c.stopped, 0), coalesce(c.rejected, 0))
                    = (coalesce(s.received, 0), coalesce(s.settled, 0), coalesce(s.early, 0), coalesce(s.on_time, 0), coalesce(s.late, 0),
                        coalesce(s.returned, 0), coalesce(s.withdrawn, 0), coalesce(s.refused, 0), coalesce(s.stopped, 0), coalesce(s.rejected, 0)) AS same
                FROM counted c FULL JOIN dossiers.summaries s
                    USING (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance)
                """
        );
        compare.CommandTimeout = 600;
        var compared = 0L;
        List<FigureDifference> differences = [];
        await using (var reader = await compare.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                compared++;
                if (!reader.GetBoolean(4) && differences.Count < 100)
                    differences.Add(new(reader.GetString(0), reader.GetFieldValue<DateOnly>(1), reader.GetString(2), reader.GetString(3)));
            }
        }
        if (repair && differences.Count > 0)
        {
            await using var clear = db.Command("DELETE FROM dossiers.summaries");
            await clear.ExecuteNonQueryAsync(ct);
            await using var fill = db.Command(Fill);
            fill.CommandTimeout = 600;
            await fill.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return (compared, differences);
    }
}
