using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pac.CentreYear;

/// <summary>Writes rows as the import reads them, one at a time.</summary>
internal static class RowWriter
{
    private static readonly (string Name, Func<DossierRow, string?> Value)[] Columns =
    [
        ("sourceId", r => r.SourceId),
        ("code", r => r.Code),
        ("procedureCode", r => r.ProcedureCode),
        ("centreCode", r => r.CentreCode),
        ("agencyCode", r => r.AgencyCode),
        ("channel", r => Word(r.Channel)),
        ("applicantKind", r => r.ApplicantKind),
        ("applicantName", r => r.ApplicantName),
        ("applicantIdentity", r => r.ApplicantIdentity),
        ("applicantPhone", r => r.ApplicantPhone),
        ("receivedAt", r => Instant(r.ReceivedAt)),
        ("dueAt", r => Instant(r.DueAt)),
        ("outcome", r => r.Outcome),
        ("settledAt", r => Instant(r.SettledAt)),
        ("returnedAt", r => Instant(r.ReturnedAt)),
        ("returnMethod", r => r.ReturnMethod),
        ("lateCause", r => r.LateCause),
    ];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Names stay readable; the text is data, never part of a page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Word(Channel channel) =>
        channel switch
        {
            Channel.Counter => "counter",
            Channel.Online => "online",
            _ => "post",
        };

    /// <summary>Writes a header line and a line for each row. Returns how many rows there were.</summary>
    public static async Task<int> WriteCsv(IEnumerable<DossierRow> rows, Stream stream, Action<int> written, CancellationToken ct)
    {
        await using var writer = new StreamWriter(stream, Utf8, 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(string.Join(',', Columns.Select(c => c.Name)).AsMemory(), ct);
        var line = new StringBuilder();
        var count = 0;
        foreach (var row in rows)
        {
            line.Clear();
            foreach (var (_, value) in Columns)
                Append(line, value(row)).Append(',');
            line[^1] = '\n';
            await writer.WriteAsync(line, ct);
            written(++count);
        }
        return count;
    }

    /// <summary>Writes one JSON object per line. Returns how many rows there were.</summary>
    public static async Task<int> WriteNdJson(IEnumerable<DossierRow> rows, Stream stream, Action<int> written, CancellationToken ct)
    {
        await using var buffer = new BufferedStream(stream, 64 * 1024);
        await using var json = new Utf8JsonWriter(buffer, Readable);
        var count = 0;
        foreach (var row in rows)
        {
            json.WriteStartObject();
            foreach (var (name, value) in Columns)
                if (value(row) is { } text)
                    json.WriteString(name, text);
            json.WriteEndObject();
            await json.FlushAsync(ct);
            json.Reset();
            buffer.WriteByte((byte)'\n');
            written(++count);
        }
        return count;
    }

    private static StringBuilder Append(StringBuilder line, string? text) =>
        text is not null && text.AsSpan().ContainsAny(",\"\n")
            ? line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
            : line.Append(text);

    private static string? Instant(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
