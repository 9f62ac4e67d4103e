using System.Globalization;
using System.Text;

namespace Pac.SharedKernel;

/// <summary>Text as people search for it: lower case, without diacritics, single blanks. "Đặng Thị Hoà" becomes "dang thi hoa".</summary>
public static class Folded
{
    /// <summary>Folds a text.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string? text)
    {
        var folded = new StringBuilder();
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.IsWhiteSpace(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    folded.Append(' ');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                // The stroke of the d is no combining mark.
                folded.Append(c is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(c));
            }
        }
        return folded.ToString().TrimEnd();
    }
}
