using CsvHelper;
using Pac.BuildingBlocks;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>The lines of a CSV file with a header, as the imports of the catalogue read them.</summary>
internal static class CsvRows
{
    /// <summary>Gives each well-formed line its cells by column; an empty cell is null. Other lines are faults.</summary>
    /// <param name="text">The file.</param>
    /// <param name="columns">The columns that may stand in the header; the first must.</param>
    /// <param name="longestRecord">The longest line that is read.</param>
    /// <param name="faults">Where lines that are not well-formed are noted.</param>
    /// <param name="take">Takes a line.</param>
    /// <exception cref="InvalidRequestException">The file as a whole cannot be read.</exception>
    public static void Each(
        string text,
        IReadOnlyList<string> columns,
        int longestRecord,
        List<CatalogueFault> faults,
        Action<int, IReadOnlyDictionary<string, string?>> take
    )
    {
        var malformed = false;
        var options = new CsvReaderOptions
        {
            Separator = ',',
            MaxRecordSize = longestRecord,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = _ => malformed = true,
        };
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        using var csv = CsvReader.Create(reader, options, leaveOpen: true);
        var checkedHead = false;
        try
        {
            while (csv.Read())
            {
                if (!checkedHead)
                    CheckHead([.. csv.Headers], columns);
                checkedHead = true;
                var line = (int)csv.LineNumber;
                if (malformed || csv.FieldCount != csv.Headers.Count)
                    faults.Add(CatalogueFault.Of(line, null, "malformed-row", "Dòng không đúng định dạng.", "The row is not well-formed."));
                else
                    take(line, Enumerable.Range(0, csv.FieldCount).ToDictionary(i => csv.Headers[i], i => Plain(csv.GetString(i))));
                malformed = false;
            }
        }
        catch (CsvFormatException)
        {
            throw InvalidRequestException.Body(
                "",
                "malformed",
                "Tệp có một dòng quá dài; có thể thiếu dấu ngoặc kép đóng.",
                "The file has a row that is too long; a closing quote may be missing."
            );
        }
    }

    // A cell that a spreadsheet would take for a formula was written with an apostrophe in front.
    private static string? Plain(string? cell) =>
        cell is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? cell[1..]
        : string.IsNullOrEmpty(cell) ? null
        : cell;

    private static void CheckHead(List<string> head, IReadOnlyList<string> columns)
    {
        if (head.Count != head.Distinct().Count() || head.Exists(h => !columns.Contains(h)) || !head.Contains(columns[0]))
            throw InvalidRequestException.Body(
                "",
                "unknown-columns",
                $"Dòng đầu chỉ gồm các cột: {string.Join(", ", columns)}; bắt buộc có {columns[0]}.",
                $"The header has these columns only: {string.Join(", ", columns)}; {columns[0]} is required."
            );
    }
}
