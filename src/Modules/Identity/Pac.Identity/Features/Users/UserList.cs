using System.Globalization;
using CsvHelper;
using Pac.BuildingBlocks;

namespace Pac.Identity.Features.Users;

/// <summary>One line of a list of users.</summary>
internal sealed record UserListRow(
    int Line,
    string UserName,
    CreateUser User,
    AssignmentInput? Assignment,
    IReadOnlyList<UserImportError> Faults
);

/// <summary>Reads a list of users from CSV.</summary>
internal static class UserList
{
    private const int MostRows = 20_000;
    private static readonly string[] Columns = ["userName", "displayName", "email", "phone", "role", "scope", "startsOn", "endsOn"];

    /// <exception cref="InvalidRequestException">The list as a whole cannot be read.</exception>
    public static List<UserListRow> Read(string text)
    {
        var malformed = false;
        var options = new CsvReaderOptions
        {
            Separator = ',',
            MaxRecordSize = 10_000,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = _ => malformed = true,
        };
        List<UserListRow> rows = [];
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        using var csv = CsvReader.Create(reader, options, leaveOpen: true);
        try
        {
            while (csv.Read())
            {
                if (rows.Count == 0)
                    CheckHead([.. csv.Headers]);
                if (rows.Count == MostRows)
                    throw Refused("too-many-rows", "Tệp có quá 20.000 dòng.", "The file has more than 20,000 lines.");
                var whole = !malformed && csv.FieldCount == csv.Headers.Count;
                rows.Add(Row((int)csv.LineNumber, whole, whole ? Cells(csv) : []));
                malformed = false;
            }
        }
        catch (CsvFormatException)
        {
            throw Refused(
                "malformed",
                "Tệp có một dòng quá dài; có thể thiếu dấu ngoặc kép đóng.",
                "The file has a row that is too long; a closing quote may be missing."
            );
        }
        return rows.Count > 0 ? rows : throw Refused("empty", "Tệp không có dòng nào.", "The file has no lines.");
    }

    private static Dictionary<string, string> Cells(CsvReader csv)
    {
        Dictionary<string, string> cells = [];
        for (var i = 0; i < csv.FieldCount; i++)
            if (csv.GetString(i)?.Trim() is { Length: > 0 } cell)
                cells[csv.Headers[i]] = cell;
        return cells;
    }

    private static UserListRow Row(int line, bool whole, Dictionary<string, string> cells)
    {
        List<UserImportError> faults = [];
        if (!whole)
            faults.Add(Fault(line, null, "malformed", "Dòng không đủ cột.", "The line has not the columns of the header."));
        var (starts, ends) = (Day("startsOn"), Day("endsOn"));
        var user = new CreateUser(Cell("userName") ?? "", Cell("displayName") ?? "", Cell("email"), Cell("phone"));
        var assignment =
            Cell("role") is null && Cell("scope") is null
                ? null
                : new AssignmentInput(Cell("role") ?? "", Cell("scope") ?? "", starts, ends);
        return new(line, user.UserName, user, assignment, faults);

        string? Cell(string name) => cells.GetValueOrDefault(name);

        DateOnly? Day(string name)
        {
            if (Cell(name) is not { } cell)
                return null;
            if (DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            faults.Add(Fault(line, name, "invalid", "Ngày phải có dạng 2026-12-31.", "A day is written 2026-12-31."));
            return null;
        }
    }

    private static void CheckHead(List<string> head)
    {
        if (
            head.Count != head.Distinct().Count()
            || head.Exists(h => !Columns.Contains(h))
            || !head.Contains("userName")
            || !head.Contains("displayName")
        )
            throw Refused(
                "unknown-columns",
                "Dòng đầu chỉ gồm các cột: " + string.Join(", ", Columns) + "; bắt buộc có userName và displayName.",
                "The header has these columns only: " + string.Join(", ", Columns) + "; userName and displayName are required."
            );
    }

    private static UserImportError Fault(int line, string? column, string code, string vietnamese, string english) =>
        new(line, column, code, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? english : vietnamese);

    private static InvalidRequestException Refused(string code, string vietnamese, string english) =>
        InvalidRequestException.Body("", code, vietnamese, english);
}
