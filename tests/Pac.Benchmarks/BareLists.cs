using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Pac.Benchmarks;

/// <summary>
/// The questions of <see cref="Lists"/> as somebody would write them by hand who knows the scope, the indexes and nothing else: one statement each.
/// </summary>
internal static class BareLists
{
    private const string Line = """
        id, code, procedure_code, centre_code, agency_code, channel, status, applicant_name, applicant_identity_number, assigned_to,
        received_at, due_at, settled_at, returned_at
        """;

    private static readonly DateTimeOffset From = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What is asked for, with what goes into it.</summary>
    private static readonly Dictionary<string, (string Where, string Order, object[] Values)> Questions = new()
    {
        ["newest"] = ("true", Newest, []),
        ["open"] = ("status = 'InProcess'", Newest, []),
        ["procedure"] = ("procedure_code = '1.004194'", Newest, []),
        ["field"] = ("field_code = 'residence'", Newest, []),
        ["agency"] = ("agency_code = 'H15.09'", Newest, []),
        ["channel"] = ("channel = 'Post'", Newest, []),
        ["month"] = ("received_at >= $1 AND received_at < $2", Newest, [From, From.AddDays(31)]),
        ["overdue"] = ("settled_at IS NULL AND due_at < $1", Newest, [DateTimeOffset.MaxValue.AddDays(-1)]),
        ["most urgent"] = ("settled_at IS NULL AND due_at IS NOT NULL", "due_at, id", []),
        ["code"] = ("code = $1", Newest, ["B-500000"]),
        ["identity number"] = (
            "applicant_identity_index = (SELECT applicant_identity_index FROM dossiers.dossiers WHERE code = $1)",
            Newest,
            ["B-499990"]
        ),
        ["common name"] = (Named, Newest, ["nguyen"]),
        ["rare name"] = (Named, Newest, ["zubeida & h & mok"]),
    };

    private const string Newest = "received_at DESC, id DESC";
    private const string Named = "to_tsvector('simple', applicant_search) @@ to_tsquery('simple', $1)";

    public static async Task Answer(NpgsqlDataSource source, HttpContext http)
    {
        var (where, order, values) = Questions[http.Request.Query["question"].ToString()];
        var scope = http.Request.Query["centre"].ToString();
        var own = scope.Length == 0 ? where : $"{where} AND centre_code = ${values.Length + 1}";
        var foreign = $"{where} AND return_centre_code = ${values.Length + 1}";
        await using var command = source.CreateCommand(
            scope.Length == 0
                ? $"SELECT {Line} FROM dossiers.dossiers WHERE {own} ORDER BY {order} LIMIT 21"
                : $"""
                SELECT * FROM ((SELECT {Line} FROM dossiers.dossiers WHERE {own} ORDER BY {order} LIMIT 21)
                UNION ALL (SELECT {Line} FROM dossiers.dossiers WHERE {foreign} ORDER BY {order} LIMIT 21)) AS x ORDER BY {order} LIMIT 21
                """
        );
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        if (scope.Length > 0)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
        await Write(command, http);
    }

    public static async Task Timeline(NpgsqlDataSource source, Guid id, HttpContext http)
    {
        await using var command = source.CreateCommand(
            """
            SELECT t.at, t.act, t.subject, t.detail FROM dossiers.dossiers AS d LEFT JOIN dossiers.timeline AS t ON t.dossier_id = d.id
            WHERE d.id = $1 AND d.centre_code = 'dak-lak' ORDER BY t.id LIMIT 1000
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await Write(command, http);
    }

    private static async Task Write(NpgsqlCommand command, HttpContext http)
    {
        await using var reader = await command.ExecuteReaderAsync();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("items");
        while (await reader.ReadAsync())
        {
            json.WriteStartObject();
            for (var i = 0; i < reader.FieldCount; i++)
                BareServer.Write(json, reader, i);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
