using CsCheck;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>How identity numbers are built, by kind of person or body.</summary>
public sealed class IdentityNumberFormatTests
{
    private static readonly int[] Weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

    [Theory]
    [InlineData("066190001234", true)]
    [InlineData("001090000001", true)]
    [InlineData("101290000001", true)] // born abroad
    [InlineData("240123456", true)] // the old card
    [InlineData("000190001234", false)]
    [InlineData("097190001234", false)]
    [InlineData("100190001234", false)]
    [InlineData("066490001234", false)] // no such century
    [InlineData("0100109106", false)]
    [InlineData("06619000123", false)]
    [InlineData("06619000123４", false)]
    public void A_citizen_has_a_personal_number_or_an_old_card(string number, bool fits) =>
        Assert.Equal(fits, IdentityNumberFormat.Fits(ApplicantKind.Citizen, number));

    [Theory]
    [InlineData("0100109106", true)]
    [InlineData("0100109106-001", true)]
    [InlineData("0100109107", false)]
    [InlineData("0100109106-000", false)]
    [InlineData("0100109106-01", false)]
    [InlineData("0100109106001", false)]
    [InlineData("0401234567", false)]
    [InlineData("066190001234", false)]
    [InlineData("240123456", false)]
    public void An_enterprise_has_a_tax_code_with_its_check_digit(string number, bool fits) =>
        Assert.Equal(fits, IdentityNumberFormat.Fits(ApplicantKind.Enterprise, number));

    [Theory]
    [InlineData(nameof(ApplicantKind.HouseholdBusiness))]
    [InlineData(nameof(ApplicantKind.Organisation))]
    [InlineData(nameof(ApplicantKind.StateBody))]
    public void Others_go_by_either(string word)
    {
        var kind = Enum.Parse<ApplicantKind>(word);
        Assert.True(IdentityNumberFormat.Fits(kind, "0100109106"));
        Assert.True(IdentityNumberFormat.Fits(kind, "066190001234"));
        Assert.False(IdentityNumberFormat.Fits(kind, "0100109107"));
    }

    [Fact]
    public void Of_ten_last_digits_at_most_one_makes_a_tax_code_and_no_digit_can_be_mistyped() =>
        Gen.Int[0, 9]
            .Array[9]
            .Sample(digits =>
            {
                var first = string.Concat(digits);
                var good = Enumerable.Range(0, 10).Where(d => IdentityNumberFormat.IsTaxCode($"{first}{d}")).ToList();
                var none = Weights.Zip(digits, (w, d) => w * d).Sum() % 11 == 0;
                Assert.Equal(none ? 0 : 1, good.Count);
                if (none)
                    return;
                for (var i = 0; i < 9; i++)
                for (var other = 0; other < 10; other++)
                {
                    var mistyped = string.Concat(digits.Select((d, at) => at == i ? other : d)) + good[0];
                    Assert.Equal(other == digits[i], IdentityNumberFormat.IsTaxCode(mistyped));
                }
            });
}
