using FluentValidation;
using Pac.BuildingBlocks.Mediation;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>An instrument that procedures rest on (căn cứ pháp lý).</summary>
/// <param name="Id">Its short word.</param>
/// <param name="Number">Its number and sign.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="EffectiveFrom">First day in force; left out when it is not known.</param>
/// <param name="EffectiveTo">Last day in force; left out while no end is known.</param>
/// <param name="Amends">Ids of the instruments it amends.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm it.</param>
internal sealed record LegalBasisView(
    string Id,
    string Number,
    string Name,
    string NameEn,
    DateOnly? EffectiveFrom,
    DateOnly? EffectiveTo,
    IReadOnlyList<string> Amends,
    bool ToBeConfirmed
)
{
    public static LegalBasisView Of(LegalBasis b) =>
        new(b.Id, b.Number, b.Name, b.NameEn, b.EffectiveFrom, b.EffectiveTo, b.Amends, b.ToBeConfirmed);
}

/// <summary>What is known of an instrument.</summary>
/// <param name="Number">Its number and sign.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="EffectiveFrom">First day in force, when it is known.</param>
/// <param name="EffectiveTo">Last day in force, when it is known.</param>
/// <param name="Amends">Ids of the instruments it amends.</param>
/// <param name="ToBeConfirmed">Whether it has to be confirmed.</param>
internal sealed record LegalBasisDescription(
    string Number,
    string Name,
    string NameEn,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveTo = null,
    IReadOnlyList<string>? Amends = null,
    bool ToBeConfirmed = false
)
{
    public LegalText ToText() => new(Number, Name, NameEn, EffectiveFrom, EffectiveTo, Amends ?? [], ToBeConfirmed);
}

internal sealed class LegalBasisDescriptionValidator : AbstractValidator<LegalBasisDescription>
{
    public LegalBasisDescriptionValidator()
    {
        RuleFor(x => x.Number).NotEmpty().MaximumLength(100);
        RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
        RuleFor(x => x.Amends).MostItems(50);
        RuleForEach(x => x.Amends).NotEmpty().MaximumLength(60);
    }
}
