namespace Pac.Dossiers.Domain;

/// <summary>
/// How identity numbers are built. What is written down here has to fit; what is imported or comes from another system is kept as it came, since
/// older systems hold wrong ones.
/// </summary>
internal static class IdentityNumberFormat
{
    private const int OldCard = 9;
    private const int Personal = 12;
    private const int TaxCode = 10;
    private const int PlaceDigits = 3;

    // Circular 59/2021/TT-BCA, appendix I: 001 to 096; appendix II, for those born abroad: from 101. To be confirmed: the last code of a country [K].
    private const int LastProvince = 96;
    private const int FirstCountry = 101;

    // Decree 137/2015/NĐ-CP, art. 13, and Circular 59/2021/TT-BCA: 0 and 1 for the 20th century, 2 and 3 for the 21st.
    private const char LastCentury = '3';

    // The check digit of a tax code, to be confirmed [K]: 10 less the weighted sum modulo 11.
    private static readonly int[] Weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

    /// <summary>Whether a number can be one of such a person or body.</summary>
    /// <param name="kind">What kind of person or body.</param>
    /// <param name="number">The number.</param>
    public static bool Fits(ApplicantKind kind, string number) =>
        kind switch
        {
            ApplicantKind.Citizen => IsPersonal(number),
            ApplicantKind.Enterprise => IsTaxCode(number),
            // A household business goes by the number of its owner or its tax code; a body without a tax code by that of who acts for it.
            _ => IsPersonal(number) || IsTaxCode(number),
        };

    /// <summary>A personal number of 12 digits (số định danh cá nhân), or an old card of 9 (chứng minh nhân dân).</summary>
    public static bool IsPersonal(string number) =>
        AreDigits(number)
        && (
            number.Length == OldCard
            || number.Length == Personal && IsPlace(number[..PlaceDigits]) && number[PlaceDigits] is >= '0' and <= LastCentury
        );

    /// <summary>A tax code (mã số thuế) of 10 digits, or 10-3 for a dependent unit.</summary>
    public static bool IsTaxCode(string number)
    {
        var unit = number.Length == TaxCode + 4 && number[TaxCode] == '-' ? number[(TaxCode + 1)..] : null;
        if (number.Length != TaxCode && unit is null || unit is not null && (!AreDigits(unit) || unit == "000"))
            return false;
        var code = number[..TaxCode];
        return AreDigits(code) && 10 - Weights.Select((w, i) => w * (code[i] - '0')).Sum() % 11 == code[^1] - '0';
    }

    private static bool IsPlace(string digits) =>
        int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) is >= 1 and <= LastProvince or >= FirstCountry;

    private static bool AreDigits(string text) => text.All(char.IsAsciiDigit);
}
