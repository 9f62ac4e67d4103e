using FluentValidation;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>An agency that decides on dossiers (cơ quan giải quyết).</summary>
/// <param name="Code">Code of the agency; it begins the dossier code.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Level">Which level it belongs to.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm the code.</param>
/// <param name="ParentCode">Code of the agency above it.</param>
/// <param name="EffectiveFrom">First day on which it acts; left out when it always did.</param>
/// <param name="FoundingDecision">The resolution by which it was founded.</param>
/// <param name="EffectiveTo">Last day on which it acts; left out while no end is known.</param>
/// <param name="EndDecision">The resolution by which it ends.</param>
/// <param name="SuccessorCode">Code of the agency that takes its place.</param>
internal sealed record AgencyView(
    string Code,
    string Name,
    string NameEn,
    AgencyLevel Level,
    bool ToBeConfirmed,
    string? ParentCode,
    DateOnly? EffectiveFrom,
    string? FoundingDecision,
    DateOnly? EffectiveTo,
    string? EndDecision,
    string? SuccessorCode
)
{
    public static AgencyView Of(Agency a) =>
        new(
            a.Code,
            a.Name,
            a.NameEn,
            a.Level,
            a.ToBeConfirmed,
            a.ParentCode,
            a.EffectiveFrom,
            a.FoundingDecision,
            a.EffectiveTo,
            a.EndDecision,
            a.SuccessorCode
        );
}

/// <summary>What is known of an agency.</summary>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Level">Which level it belongs to.</param>
/// <param name="ParentCode">Code of the agency above it.</param>
/// <param name="EffectiveFrom">First day on which it acts.</param>
/// <param name="FoundingDecision">The resolution by which it was founded.</param>
/// <param name="EffectiveTo">Last day on which it acts; from the day after it is given nothing new, and keeps what it has until a succession.</param>
/// <param name="EndDecision">The resolution by which it ends; it goes with the last day.</param>
/// <param name="SuccessorCode">Code of the agency that takes its place.</param>
/// <param name="ToBeConfirmed">Whether its code has to be confirmed.</param>
internal sealed record AgencyDescription(
    string Name,
    string NameEn,
    AgencyLevel Level,
    string? ParentCode = null,
    DateOnly? EffectiveFrom = null,
    string? FoundingDecision = null,
    DateOnly? EffectiveTo = null,
    string? EndDecision = null,
    string? SuccessorCode = null,
    bool ToBeConfirmed = false
)
{
    public AgencyText ToText() =>
        new(
            Name.Trim().Normalize(),
            NameEn.Trim().Normalize(),
            Level,
            ParentCode,
            EffectiveFrom,
            FoundingDecision,
            EffectiveTo,
            EndDecision,
            SuccessorCode,
            ToBeConfirmed
        );
}

internal sealed class AgencyDescriptionValidator : AbstractValidator<AgencyDescription>
{
    public AgencyDescriptionValidator()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(200);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(200);
        RuleFor(x => x.Level).IsInEnum();
        RuleFor(x => x.ParentCode).MaximumLength(40);
        RuleFor(x => x.FoundingDecision).MaximumLength(300);
        RuleFor(x => x.EndDecision).MaximumLength(300);
        RuleFor(x => x.SuccessorCode).MaximumLength(40);
    }
}

/// <summary>How codes of agencies are written.</summary>
internal static class AgencyCode
{
    /// <summary>By Decision 20/2020/QD-TTg, or, for what is older, by QCVN 102:2016.</summary>
    public const string Shape = @"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3})*)$";

    /// <summary>Decision 20/2020/QD-TTg, art. 3.</summary>
    public const int Longest = 35;
}
