using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Pac.Benchmarks;

/// <summary>What the same SQL costs when nothing stands around it: Kestrel, Npgsql and a JSON writer.</summary>
internal static class BareServer
{
    private const string Columns = """
        id, code, procedure_code, procedure_version, field_code, centre_code, counter_id, agency_code, channel, status, applicant_kind,
        applicant_name, applicant_identity_number, applicant_phone, components, clock, current_step, assigned_to, received_at, due_at,
        settled_at, outcome, result, late_cause, returned_at, return_method, applicant_email, applicant_address, steps, calendar_code,
        returned_to, revision, source, source_id, xmin
        """;

    private const string Line = """
        id, code, procedure_code, centre_code, agency_code, channel, status, applicant_name, applicant_identity_number, assigned_to,
        received_at, due_at, settled_at, returned_at
        """;

    private const string Components = """[{"code":"form","kind":"original","quantity":1},{"code":"dwelling","kind":"copy","quantity":1}]""";

    private const string Clock = """
        {"rule":{"term":{"value":3,"unit":"workingDay"},"policy":"endOfDay"},"calendarCode":"dak-lak","calendarVersion":1,
        "segments":[{"from":"2026-11-24T02:00:00+00:00","state":"running","reason":"received"}]}
        """;

    private const string Steps = """
        [{"number":1,"role":"reception","allottedHours":2,"startedAt":"2026-11-24T02:00:00+00:00","dueAt":"2026-11-24T04:00:00+00:00"},
        {"number":2,"role":"unitHead","allottedHours":2},{"number":3,"role":"caseOfficer","allottedHours":12},
        {"number":4,"role":"unitHead","allottedHours":2},{"number":5,"role":"leader","allottedHours":4},{"number":6,"role":"clerk","allottedHours":2}]
        """;

    public static async Task Run(string address, string connectionString)
    {
        var pool = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            MaxPoolSize = 50,
        };
        await using var source = NpgsqlDataSource.Create(pool.ConnectionString);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        app.MapGet("/ready", () => "ready");
        app.MapGet("/dossiers/{id:guid}", (Guid id, HttpContext http) => ById(source, id, http));
        app.MapGet("/dossiers", (HttpContext http) => Page(source, http));
        app.MapPost("/dossiers", (HttpContext http) => Receive(source, http));
        app.MapGet("/lists", (HttpContext http) => BareLists.Answer(source, http));
        app.MapGet("/timelines/{id:guid}", (Guid id, HttpContext http) => BareLists.Timeline(source, id, http));
        await app.RunAsync();
    }

    private static async Task ById(NpgsqlDataSource source, Guid id, HttpContext http)
    {
        await using var command = source.CreateCommand($"SELECT {Columns} FROM dossiers.dossiers WHERE id = $1 LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        for (var i = 0; i < reader.FieldCount - 1; i++)
            Write(json, reader, i);
        json.WriteEndObject();
    }

    private static async Task Page(NpgsqlDataSource source, HttpContext http)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT {Line} FROM dossiers.dossiers WHERE centre_code = $1 AND received_at <= $2 AND (received_at < $2 OR id < $3)
            ORDER BY received_at DESC, id DESC LIMIT 21
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "dak-lak" });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.AllBitsSet });
        await using var reader = await command.ExecuteReaderAsync();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("items");
        while (await reader.ReadAsync())
        {
            json.WriteStartObject();
            for (var i = 0; i < reader.FieldCount; i++)
                Write(json, reader, i);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task Receive(NpgsqlDataSource source, HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var name = body.RootElement.GetProperty("applicant").GetProperty("name").GetString()!;
        var now = TimeProvider.System.GetUtcNow();
        var day = DateOnly.FromDateTime(now.AddHours(7).DateTime);
        var id = Guid.CreateVersion7(now);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var serial = await Number(connection, transaction, day);
        var code = $"H15.09-{day:yyMMdd}-{serial:0000}";
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(
            batch,
            """
            INSERT INTO dossiers.dossiers (id, revision, code, procedure_code, procedure_version, field_code, centre_code, agency_code, channel, status,
                applicant_kind, applicant_name, applicant_search, applicant_identity_number, applicant_identity_sealed, applicant_identity_index,
                applicant_phone, components, clock, calendar_code, steps, current_step, received_at, due_at)
            VALUES ($1, 1, $2, '1.004194', 1, 'residence', 'dak-lak', 'H15.09', 'Counter', 'Received', 'Citizen', $3, 'nguyen thi anh',
                '066*****0123', sha512('066190000123') || sha512('066190000123'), md5('066190000123')::bytea, '0905000123', $4::jsonb, $5::jsonb,
                'dak-lak', $6::jsonb, 1, $7, $8)
            """,
            id,
            code,
            name,
            Components,
            Clock,
            Steps,
            now,
            now.AddDays(5)
        );
        Add(
            batch,
            "INSERT INTO dossiers.timeline (id, dossier_id, at, act, subject) VALUES ($1, $2, $3, 'received', 'demo-machine')",
            Guid.CreateVersion7(now),
            id,
            now
        );
        Add(
            batch,
            """
            INSERT INTO dossiers.events (id, dossier_id, revision, act, code, procedure_code, centre_code, agency_code, status, due_at, occurred_at)
            VALUES ($1, $2, 1, 'received', $3, '1.004194', 'dak-lak', 'H15.09', 'Received', $4, $5)
            """,
            Guid.CreateVersion7(now),
            id,
            code,
            now.AddDays(5),
            now
        );
        Add(
            batch,
            """
            INSERT INTO dossiers.outbox (id, name, payload, occurred_at, attempts, next_attempt_at)
            VALUES ($1, 'bench.dossier-received.v1', $2::jsonb, $3, 0, $3)
            """,
            Guid.CreateVersion7(now),
            $$"""{"dossierId":"{{id}}","revision":1,"code":"{{code}}","procedureCode":"1.004194","centreCode":"dak-lak"}""",
            now
        );
        Add(
            batch,
            """
            INSERT INTO dossiers.audit (id, at, act, kind, thing, subject, client_id, address)
            VALUES ($1, $2, 'ReceiveDossier', 'Dossier', $3, 'demo-machine', 'demo-machine', '127.0.0.1')
            """,
            Guid.CreateVersion7(now),
            now,
            id.ToString()
        );
        Add(
            batch,
            """
            INSERT INTO dossiers.summaries AS s (grain, period, centre_code, agency_code, field_code, procedure_code, channel,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped)
            VALUES ('d', $1, 'dak-lak', 'H15.09', 'residence', '1.004194', 'Counter', 1, 0, 0, 0, 0, 0, 0, 0, 0),
                ('m', date_trunc('month', $1::timestamp)::date, 'dak-lak', 'H15.09', 'residence', '1.004194', 'Counter', 1, 0, 0, 0, 0, 0, 0, 0, 0)
            ON CONFLICT (grain, period, centre_code, agency_code, field_code, procedure_code, channel, assistance)
            DO UPDATE SET received = s.received + excluded.received
            """,
            day
        );
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("code", code);
        json.WriteString("applicant", name);
        json.WritePropertyName("clock");
        json.WriteRawValue(Clock);
        json.WriteEndObject();
    }

    private static async Task<int> Number(NpgsqlConnection connection, NpgsqlTransaction transaction, DateOnly day)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(batch, "SELECT pg_advisory_xact_lock_shared(1, hashtext($1))", "dak-lak");
        Add(
            batch,
            """
            INSERT INTO dossiers.dossier_numbers AS n (agency_code, day, last) VALUES ($1, $2, 1)
            ON CONFLICT (agency_code, day) DO UPDATE SET last = n.last + 1
            RETURNING last, coalesce((SELECT version FROM dossiers.known_calendars WHERE code = 'dak-lak'), 0)
            """,
            "H15.09",
            day
        );
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetInt32(0);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    public static void Write(Utf8JsonWriter json, NpgsqlDataReader reader, int i)
    {
        if (reader.IsDBNull(i))
            return;
        json.WritePropertyName(reader.GetName(i));
        switch (reader.GetDataTypeName(i))
        {
            case "jsonb":
                json.WriteRawValue(reader.GetString(i), skipInputValidation: true);
                break;
            case "uuid":
                json.WriteStringValue(reader.GetGuid(i));
                break;
            case "integer":
                json.WriteNumberValue(reader.GetInt32(i));
                break;
            case "timestamp with time zone":
                json.WriteStringValue(reader.GetDateTime(i));
                break;
            default:
                json.WriteStringValue(reader.GetString(i));
                break;
        }
    }
}
