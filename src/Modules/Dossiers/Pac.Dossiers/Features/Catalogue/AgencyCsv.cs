using System.Globalization;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>One agency of a file: its code, and what the file says of it on top of what is known.</summary>
internal sealed record AgencyRow(int Line, string Code, IReadOnlyDictionary<string, string?> Cells);

/// <summary>Agencies as CSV, one line each. Columns that the file does not have leave what is known as it is.</summary>
internal static class AgencyCsv
{
    private const int LongestRecord = 20_000;

    public static readonly string[] Columns =
    [
        "code",
        "name",
        "nameEn",
        "level",
        "parentCode",
        "effectiveFrom",
        "foundingDecision",
        "effectiveTo",
        "endDecision",
        "successorCode",
        "toBeConfirmed",
    ];

    public static List<AgencyRow> Read(string text, List<CatalogueFault> faults)
    {
        List<AgencyRow> rows = [];
        CsvRows.Each(text, Columns, LongestRecord, faults, (line, cells) => rows.Add(new(line, cells["code"] ?? "", cells)));
        return rows;
    }

    /// <summary>What the row says of its agency; null when a cell cannot be read.</summary>
    public static AgencyDescription? Describe(AgencyRow row, AgencyText? known, Action<string> invalid)
    {
        var whole = true;
        var said = new AgencyDescription(
            Text("name", known?.Name) ?? "",
            Text("nameEn", known?.NameEn) ?? "",
            Level(),
            Text("parentCode", known?.ParentCode),
            Day("effectiveFrom", known?.EffectiveFrom),
            Text("foundingDecision", known?.FoundingDecision),
            Day("effectiveTo", known?.EffectiveTo),
            Text("endDecision", known?.EndDecision),
            Text("successorCode", known?.SuccessorCode),
            Confirm()
        );
        return whole ? said : null;

        string? Text(string column, string? before) => row.Cells.TryGetValue(column, out var cell) ? cell : before;

        DateOnly? Day(string column, DateOnly? before) =>
            !row.Cells.TryGetValue(column, out var cell) ? before
            : cell is null ? null
            : DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : Wrong<DateOnly?>(column);

        AgencyLevel Level() =>
            !row.Cells.TryGetValue("level", out var cell) && known is not null ? known.Level
            : Enum.GetNames<AgencyLevel>().Contains(cell, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<AgencyLevel>(cell!, ignoreCase: true)
            : Wrong<AgencyLevel>("level");

        bool Confirm() =>
            !row.Cells.TryGetValue("toBeConfirmed", out var cell)
                ? known?.ToBeConfirmed ?? false
                : cell is not null && (bool.TryParse(cell, out var confirm) ? confirm : Wrong<bool>("toBeConfirmed"));

        T? Wrong<T>(string column)
        {
            whole = false;
            invalid(column);
            return default;
        }
    }
}
