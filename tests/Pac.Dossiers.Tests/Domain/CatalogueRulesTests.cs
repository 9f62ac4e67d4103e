using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>What a procedure asks for, which version is in force, and how a dossier code is written.</summary>
public sealed class CatalogueRulesTests
{
    private static Error Check(params string[] codes) =>
        Some.Refused(() => Some.Content().Check([.. codes.Select(c => new DossierComponent(c, CopyKind.Copy, 1, null))]));

    [Fact]
    public void What_comes_from_shared_data_or_is_optional_need_not_be_handed_in() =>
        Some.Content().Check([new("form", CopyKind.Original, 1, null)]);

    [Fact]
    public void Whatever_is_published_may_be_handed_in() =>
        Some.Content().Check([.. new[] { "photo", "health", "form" }.Select(c => new DossierComponent(c, CopyKind.Copy, 1, null))]);

    [Fact]
    public void A_required_component_that_is_missing_is_named()
    {
        var error = Check("photo");
        Assert.Equal(("dossiers.components-missing", "/documents"), (error.Code, error.Pointer));
        Assert.Equal(["form"], error.Arguments);
    }

    [Fact]
    public void A_component_outside_the_published_list_is_refused_at_its_place()
    {
        var error = Check("form", "photo", "birth");
        Assert.Equal(("dossiers.component-unknown", "/documents/2/code"), (error.Code, error.Pointer));
    }

    [Fact]
    public void A_component_given_twice_is_refused_at_its_second_place()
    {
        var error = Check("form", "photo", "form");
        Assert.Equal(("dossiers.component-twice", "/documents/2/code"), (error.Code, error.Pointer));
    }

    [Fact]
    public void The_version_in_force_is_the_last_that_has_begun()
    {
        var procedure = Some.Procedure(Some.Content(new(5, TermUnit.WorkingDay)));
        procedure.Publish(new(2026, 12, 1), "Quyết định 2", Some.Content(new(3, TermUnit.WorkingDay)) with { Name = "Tên mới" });

        Assert.Null(procedure.InForceOn(new(2025, 6, 30)));
        Assert.Equal(1, procedure.InForceOn(new(2025, 7, 1))!.Number);
        Assert.Equal(1, procedure.InForceOn(new(2026, 11, 30))!.Number);
        Assert.Equal(2, procedure.InForceOn(new(2026, 12, 1))!.Number);
        Assert.Equal((2, "Tên mới"), (procedure.LastVersion, procedure.Name));
    }

    [Theory]
    [InlineData("2025-06-30")]
    [InlineData("2025-07-01")]
    public void A_new_version_takes_effect_after_the_last_one(string day)
    {
        var procedure = Some.Procedure(Some.Content());
        var error = Some.Refused(() => procedure.Publish(DateOnly.ParseExact(day, "yyyy-MM-dd"), "Quyết định 2", Some.Content()));
        Assert.Equal("dossiers.version-not-after-last", error.Code);
        Assert.Single(procedure.Versions);
    }

    [Theory]
    [InlineData("H15.09", 1, "H15.09-261123-0001")]
    [InlineData("H15.101", 9999, "H15.101-261123-9999")]
    [InlineData("H15.09", 12345, "H15.09-261123-12345")]
    public void A_dossier_code_is_agency_day_and_a_number_of_at_least_four_digits(string agency, int serial, string code) =>
        Assert.Equal(code, DossierCode.Write(agency, new(2026, 11, 23), serial));
}
