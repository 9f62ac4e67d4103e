using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>
/// The catalogue as CSV: one line per version. Plain members have a column each; what has parts of its own stands in its column as JSON, so that
/// nothing is lost on the way out and in again.
/// </summary>
internal static class CatalogueCsv
{
    private const int LongestRecord = 2_000_000;

    private static readonly string[] Outer =
    [
        "code",
        "fieldCode",
        "endsOn",
        "endDecision",
        "successorCode",
        "number",
        "effectiveFrom",
        "decision",
        "decidedOn",
        "publishedOn",
    ];

    private static readonly string[] Details =
    [
        .. typeof(ProcedureDetails).GetConstructors()[0].GetParameters().Select(p => char.ToLowerInvariant(p.Name![0]) + p.Name[1..]),
    ];

    private static readonly string[] Numbers = ["number", "feeDong", "sets"];

    /// <summary>The columns.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Outer, .. Details];

    /// <summary>The lines of one procedure.</summary>
    public static IEnumerable<string?[]> Write(CatalogueDocument document)
    {
        foreach (var version in document.Versions)
        {
            var outer = JsonSerializer.SerializeToNode(document with { Versions = [] }, CatalogueJson.Options)!.AsObject();
            var inner = JsonSerializer.SerializeToNode(version, CatalogueJson.Options)!.AsObject();
            yield return [.. Outer.Select(c => Cell(outer[c] ?? inner[c])), .. Details.Select(c => Cell(inner["details"]![c]))];
        }
    }

    /// <summary>Reads lines of CSV into documents.</summary>
    /// <exception cref="InvalidRequestException">The file as a whole cannot be read.</exception>
    public static List<ReadDocument> Read(string text, List<CatalogueFault> faults)
    {
        List<ReadDocument> documents = [];
        CsvRows.Each(
            text,
            Columns,
            LongestRecord,
            faults,
            (line, cells) =>
            {
                if (Row(cells, line, faults) is { } document)
                    Put(documents, document, line);
            }
        );
        return documents;
    }

    // Lines of one procedure that follow each other are its versions.
    private static void Put(List<ReadDocument> documents, CatalogueDocument row, int line)
    {
        if (documents.Count > 0 && documents[^1] is var last && last.Document.Code == row.Code)
            documents[^1] = last with
            {
                Document = row with { Versions = [.. last.Document.Versions, .. row.Versions] },
                Lines = [.. last.Lines, line],
            };
        else
            documents.Add(new(row, [line], IsRow: true));
    }

    private static CatalogueDocument? Row(IReadOnlyDictionary<string, string?> cells, int line, List<CatalogueFault> faults)
    {
        var (outer, version, details) = (new JsonObject(), new JsonObject(), new JsonObject());
        var before = faults.Count;
        foreach (var (name, given) in cells)
        {
            if (given is not { } cell)
                continue;
            var target =
                Details.Contains(name) ? details
                : Array.IndexOf(Outer, name) >= Array.IndexOf(Outer, "number") ? version
                : outer;
            try
            {
                target[name] = Value(name, cell);
            }
            catch (JsonException)
            {
                faults.Add(CatalogueFault.Of(line, name, "invalid", "Giá trị không hợp lệ.", "The value is not valid."));
            }
        }
        if (faults.Count > before)
            return null;
        // What has no line of its own in the file is an empty list.
        foreach (var list in new[] { "terms", "documents", "steps", "toBeConfirmed" })
            details[list] ??= new JsonArray();
        version["details"] = details;
        outer["versions"] = new JsonArray(version);
        try
        {
            return outer.Deserialize<CatalogueDocument>(CatalogueJson.Options);
        }
        catch (JsonException e)
        {
            faults.Add(
                CatalogueFault.Of(line, ColumnOf(e), "invalid", "Giá trị thiếu hoặc không hợp lệ.", "A value is missing or not valid.")
            );
            return null;
        }
    }

    // $.versions[0].details.fees[1].dong: the column is the member of the version or of its details.
    private static string? ColumnOf(JsonException e) =>
        (e.Path ?? "").Split('.', '[').FirstOrDefault(s => Columns.Contains(s) && s != "versions");

    private static JsonNode? Value(string name, string cell) =>
        Numbers.Contains(name)
            ? long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new JsonException()
            : cell[0] is '[' or '{' && IsNested(name)
                ? JsonNode.Parse(cell, documentOptions: new() { AllowDuplicateProperties = false })
                : JsonValue.Create(cell);

    private static bool IsNested(string name) =>
        Details.Contains(name)
        && typeof(ProcedureDetails).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!.PropertyType is { IsValueType: false } type
        && type != typeof(string);

    private static string? Cell(JsonNode? node) =>
        node switch
        {
            null or JsonArray { Count: 0 } => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => node.ToJsonString(CatalogueJson.Options),
        };
}

/// <summary>A document with the place where it was read.</summary>
/// <param name="Document">The document.</param>
/// <param name="Lines">Line of the document, or of each of its versions.</param>
/// <param name="IsRow">Whether a version is a line of its own.</param>
internal sealed record ReadDocument(CatalogueDocument Document, IReadOnlyList<int> Lines, bool IsRow);

/// <summary>Why a line of an import cannot be taken.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Column">Column of CSV, or pointer into the document; left out when it is the whole line.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Detail">What is wrong, in the reader's language.</param>
internal sealed record CatalogueFault(int Line, string? Column, string Code, string Detail)
{
    public static CatalogueFault Of(int line, string? column, string code, string vietnamese, string english) =>
        new(line, column, code, Language.Pick(vietnamese, english));
}
