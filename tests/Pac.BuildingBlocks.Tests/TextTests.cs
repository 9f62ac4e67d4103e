using System.Globalization;
using Microsoft.AspNetCore.Http;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Masks, languages and scopes in their written form.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("1234567", "*******")]
    [InlineData("B1234567", "*****567")]
    [InlineData("240123456", "******456")]
    [InlineData("066012340123", "066*****0123")]
    [InlineData("0905123456", "090***3456")]
    public void The_middle_of_a_number_is_hidden_and_a_short_one_wholly(string? number, string? shown) =>
        Assert.Equal(shown, Mask.Number(number));

    [Theory]
    [InlineData("", "vi")]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("EN", "en")]
    [InlineData("vi", "vi")]
    [InlineData("fr", "vi")]
    [InlineData("*", "vi")]
    [InlineData("fr, en;q=0.3", "en")]
    [InlineData("en;q=0.3, vi;q=0.7", "vi")]
    [InlineData("en;q=0, fr", "vi")]
    [InlineData("en;q=0", "vi")]
    [InlineData("vi;q=0, en;q=0.1", "en")]
    [InlineData(";;;", "vi")]
    public void The_reader_gets_the_language_preferred_and_else_vietnamese(string header, string language)
    {
        var http = new DefaultHttpContext();
        if (header.Length > 0)
            http.Request.Headers.AcceptLanguage = header;
        Assert.Equal(language, Language.Of(http.Request).TwoLetterISOLanguageName);
    }

    [Theory]
    [InlineData("province", DataScopeKind.Province, "")]
    [InlineData("centre:66-22015", DataScopeKind.Centre, "66-22015")]
    [InlineData("agency:H15.09", DataScopeKind.Agency, "H15.09")]
    [InlineData("own", DataScopeKind.Own, "me")]
    [InlineData("", DataScopeKind.Own, "me")]
    [InlineData(null, DataScopeKind.Own, "me")]
    [InlineData("Province", DataScopeKind.Own, "me")]
    [InlineData("province ", DataScopeKind.Own, "me")]
    public void What_is_not_a_wider_scope_is_the_callers_own(string? text, DataScopeKind kind, string code) =>
        Assert.Equal(new DataScope(kind, code), DataScope.Parse(text, "me"));

    [Theory]
    [InlineData("2026-11-23T09:00:00+07:00", "2026-11-23T02:00:00Z")]
    [InlineData("2026-11-23T02:00:00Z", "2026-11-23T02:00:00Z")]
    [InlineData("2026-11-23t02:00:00.5z", "2026-11-23T02:00:00.5Z")]
    [InlineData("2026-11-23T09:00:00", null)]
    [InlineData("2026-11-23 09:00:00+07:00", null)]
    [InlineData("2026-11-23T24:00:00Z", null)]
    [InlineData("1899-12-31T23:59:59Z", null)]
    [InlineData("2201-01-01T00:00:00Z", null)]
    [InlineData("Monday", null)]
    public void An_instant_has_an_offset_and_lies_in_our_time(string text, string? instant)
    {
        Assert.Equal(instant is not null, Instants.TryParse(text, out var read));
        if (instant is not null)
            Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), read);
    }
}
