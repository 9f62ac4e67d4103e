namespace Pac.Dossiers.Features;

/// <summary>Texts in the cells of files that people open in a spreadsheet.</summary>
internal static class SpreadsheetText
{
    /// <summary>A text that no spreadsheet runs: one that begins like a formula gets an apostrophe (OWASP, CSV injection).</summary>
    public static string Harmless(string? text)
    {
        var start = text.AsSpan().TrimStart(' ');
        return start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '$' or '＝' or '＋' or '－' or '＠'
            ? "'" + text
            : text ?? "";
    }
}
