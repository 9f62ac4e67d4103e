using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The forms in which an import may come.</summary>
internal enum ImportFormat
{
    /// <summary>Comma-separated values with a header line (RFC 4180).</summary>
    Csv,

    /// <summary>One JSON object per line.</summary>
    NdJson,
}

/// <summary>What an import job needs to know.</summary>
/// <param name="Source">The system the rows come from.</param>
/// <param name="Key">The wrapped key under which the people in its rows are sealed while they are staged; null for one that was queued by a version which did not seal them.</param>
internal sealed record ImportParameters(string Source, byte[]? Key)
{
    public static ImportParameters Of(Job job) => JsonSerializer.Deserialize<ImportParameters>(job.Parameters, JsonSerializerOptions.Web)!;
}

/// <summary>Stages the rows of an import as they came, but for the people in them, whom only the import can read.</summary>
internal sealed class ImportStore(DossiersDbContext db, ImportSeals seals)
{
    public const string JobKind = "import-dossiers";
    private const int LongestCell = 1000;
    private const int LongestLine = 20_000;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>Copies every row while it arrives, in the transaction that the following save commits. A broken stream leaves nothing.</summary>
    /// <param name="id">Id of the import and of its job.</param>
    /// <param name="format">The form of the rows.</param>
    /// <param name="content">The rows.</param>
    /// <param name="ct">Cancels the upload.</param>
    /// <returns>How many rows there are, and the wrapped key of the people in them.</returns>
    public async Task<(int Rows, byte[] Key)> Stage(Guid id, ImportFormat format, Stream content, CancellationToken ct)
    {
        await db.Begin(ct);
        using var seal = seals.New();
        // The mark of UTF-8 is skipped; those of other encodings are not valid UTF-8.
        using var reader = new StreamReader(content, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
        var rows = 0;
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var copy = await connection.BeginBinaryImportAsync(
                "COPY dossiers.import_rows (import_id, line, cells) FROM STDIN (FORMAT BINARY)",
                ct
            );
            await foreach (var (line, cells) in format == ImportFormat.Csv ? Csv(reader, ct) : NdJson(reader, ct))
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(id, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(line, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(seal.Close(line, cells), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
                rows++;
            }
            await copy.CompleteAsync(ct);
        }
        catch (DecoderFallbackException)
        {
            throw InvalidRequestException.Body("", "not-utf-8", "Tệp phải dùng bảng mã UTF-8.", "The file must be in UTF-8.");
        }
        if (rows == 0)
            throw InvalidRequestException.Body("", "empty", "Tệp không có dòng dữ liệu nào.", "The file holds no rows.");
        return (rows, seal.Wrapped);
    }

    private static async IAsyncEnumerable<(int Line, string?[] Cells)> Csv(
        StreamReader text,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var malformed = false;
        var options = new CsvReaderOptions
        {
            Separator = ',',
            MaxRecordSize = LongestLine,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = _ => malformed = true,
        };
        await using var csv = CsvReader.Create(text, options, leaveOpen: true);
        if (!await Next(csv, ct))
            yield break;
        var places = Places([.. csv.Headers]);
        do
        {
            var line = (int)csv.LineNumber;
            if (malformed || csv.FieldCount != places.Count)
            {
                malformed = false;
                yield return (line, [ImportColumns.MalformedRow]);
                continue;
            }
            var cells = new string?[ImportColumns.All.Length];
            for (var i = 0; i < places.Count; i++)
                cells[places[i]] = csv.GetString(i);
            yield return (line, Checked(cells));
        } while (await Next(csv, ct));
    }

    // A field without end would swallow the rest of the file: the whole upload is refused.
    private static async Task<bool> Next(CsvReader csv, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct);
        }
        catch (CsvFormatException)
        {
            throw InvalidRequestException.Body(
                "",
                ImportColumns.TooLong,
                "Tệp có một dòng quá dài; có thể thiếu dấu ngoặc kép đóng.",
                "The file has a row that is too long; a closing quote may be missing."
            );
        }
    }

    private static List<int> Places(string[] header)
    {
        List<InputFault> faults = [];
        List<int> places = [];
        foreach (var name in header.Select(h => h.Trim()))
        {
            var place = Array.IndexOf(ImportColumns.All, name);
            if (place < 0)
                faults.Add(new("/header", "unknown-column", "Có cột không có trong tài liệu.", "A column is not in the document."));
            else if (places.Contains(place))
                faults.Add(new($"/header/{name}", "repeated", "Cột bị lặp lại.", "The column is given twice."));
            places.Add(place);
        }
        foreach (var missing in ImportColumns.Required.Where(r => !places.Contains(Array.IndexOf(ImportColumns.All, r))))
            faults.Add(new($"/header/{missing}", "required", "Thiếu cột bắt buộc.", "A required column is missing."));
        return faults.Count == 0 ? places : throw new InvalidRequestException(faults);
    }

    private static async IAsyncEnumerable<(int Line, string?[] Cells)> NdJson(
        StreamReader reader,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var line = 0;
        await foreach (var text in Lines(reader, ct))
        {
            line++;
            if (text is null)
                yield return (line, [ImportColumns.TooLong]);
            else if (!string.IsNullOrWhiteSpace(text))
                yield return (line, Members(text));
        }
    }

    private static string?[] Members(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false, MaxDepth = 4 });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return [ImportColumns.MalformedRow];
            var cells = new string?[ImportColumns.All.Length];
            foreach (var member in json.RootElement.EnumerateObject())
            {
                var place = Array.IndexOf(ImportColumns.All, member.Name);
                if (place < 0 || member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                    return [ImportColumns.MalformedRow];
                cells[place] = member.Value.GetString();
            }
            return Checked(cells);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [ImportColumns.MalformedRow];
        }
    }

    // Lines without loading more than one; null for a line that is too long.
    private static async IAsyncEnumerable<string?> Lines(
        StreamReader reader,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var buffer = new char[32 * 1024];
        var line = new StringBuilder();
        var tooLong = false;
        int read;
        while ((read = await reader.ReadAsync(buffer, ct)) > 0)
        {
            var start = 0;
            while (start < read)
            {
                var end = Array.IndexOf(buffer, '\n', start, read - start);
                var stop = end < 0 ? read : end;
                tooLong |= line.Length + stop - start > LongestLine;
                if (!tooLong)
                    line.Append(buffer, start, stop - start);
                start = stop + 1;
                if (end < 0)
                    break;
                yield return tooLong ? null : line.ToString().TrimEnd('\r');
                line.Clear();
                tooLong = false;
            }
        }
        if (tooLong || line.Length > 0)
            yield return tooLong ? null : line.ToString();
    }

    private static string?[] Checked(string?[] cells)
    {
        foreach (var cell in cells)
        {
            if (cell is null)
                continue;
            if (Json.HasControlCharacter(cell) || HasLoneSurrogate(cell))
                return [ImportColumns.ControlCharacter];
            if (cell.Length > LongestCell)
                return [ImportColumns.TooLong];
        }
        return cells;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
