using System.Globalization;
using CsvHelper;
using MiniExcelLibs;
using Pac.BuildingBlocks;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>A table that leaves the house as a file: Vietnamese headings, numbers as numbers, texts that no spreadsheet takes for a formula.</summary>
/// <param name="Name">Name of the sheet and the file.</param>
/// <param name="Headings">Headings of the columns.</param>
/// <param name="Rows">Texts and whole numbers.</param>
/// <param name="Definition">What the figures rest on; written behind every row, so that no figure travels without it.</param>
internal sealed record Sheet(
    string Name,
    IReadOnlyList<string> Headings,
    IReadOnlyList<IReadOnlyList<object?>> Rows,
    IReadOnlyList<(string Heading, string Value)> Definition
)
{
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Csv = "text/csv";

    /// <summary>What stands behind every row of a report.</summary>
    public static IReadOnlyList<(string Heading, string Value)> Of(DateOnly from, DateOnly to, FigureDefinition d) =>
        [
            ("Từ ngày", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("Đến ngày", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("Định nghĩa đúng hạn", d.OnTime),
            ("Phiên bản lịch", d.CalendarVersion.ToString(CultureInfo.InvariantCulture)),
            ("Thời điểm chốt", d.CutOff.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)),
            ("Thời điểm lập", ProofWriter.Instant(d.AsOf)),
        ];

    /// <summary>The file in the form asked for, or null for JSON.</summary>
    /// <exception cref="InvalidRequestException">The form is not known.</exception>
    public static (string MediaType, string Extension)? Form(string? format) =>
        format switch
        {
            null or "json" => null,
            "xlsx" => (Xlsx, "xlsx"),
            "csv" => (Csv, "csv"),
            _ => throw InvalidRequestException.Query(
                "format",
                "unknown-format",
                "Chỉ có json, xlsx hoặc csv.",
                "The formats are json, xlsx and csv."
            ),
        };

    public byte[] Write(string mediaType) => mediaType == Csv ? AsCsv() : AsXlsx();

    // With a byte order mark, without which Excel takes Vietnamese for another alphabet.
    private byte[] AsCsv()
    {
        using var memory = new MemoryStream();
        using (var csv = CsvWriter.Create(memory, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true))
        {
            Record(Headings.Concat(Definition.Select(d => d.Heading)));
            foreach (var row in Rows)
                Record(row.Concat(Definition.Select(d => d.Value)));
            csv.Flush();

            void Record(IEnumerable<object?> cells)
            {
                foreach (var cell in cells)
                    csv.WriteField(
                        cell is string text ? SpreadsheetText.Harmless(text) : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? ""
                    );
                csv.EndRecord();
            }
        }
        return memory.ToArray();
    }

    private byte[] AsXlsx()
    {
        using var memory = new MemoryStream();
        var sheets = new Dictionary<string, object>
        {
            [Name] = Rows.Select(r =>
                    Headings.Zip(r).ToDictionary(c => c.First, c => c.Second is string t ? SpreadsheetText.Harmless(t) : c.Second)
                )
                .ToList(),
            ["Định nghĩa"] = Definition
                .Select(d => new Dictionary<string, object?> { ["Nội dung"] = d.Heading, ["Giá trị"] = SpreadsheetText.Harmless(d.Value) })
                .ToList(),
        };
        memory.SaveAs(sheets);
        return memory.ToArray();
    }
}
