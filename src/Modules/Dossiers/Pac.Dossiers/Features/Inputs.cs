using FluentValidation;
using Pac.BuildingBlocks.Mediation;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Features;

/// <summary>Who applies, as the counter writes it down.</summary>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="Kind">What kind of applicant; a citizen when not given.</param>
/// <param name="IdentityNumber">12-digit personal number or 9-digit old card of a citizen, tax code of 10 or 10-3 digits of an enterprise, either of any other kind.</param>
/// <param name="Phone">Telephone, 8 to 15 digits.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Address">Postal address.</param>
internal sealed record ApplicantInput(
    string Name,
    ApplicantKind Kind = ApplicantKind.Citizen,
    string? IdentityNumber = null,
    string? Phone = null,
    string? Email = null,
    string? Address = null
);

/// <summary>A component that is handed in.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">Original, copy or electronic file; a copy when not given.</param>
/// <param name="Quantity">How many sets, 1 to 100.</param>
/// <param name="Pages">How many pages each, 1 to 10,000.</param>
/// <param name="NoScan">Why no scan is needed of it (Circular 03/2025/TT-VPCP, art. 5(2)); a scan is expected when left out.</param>
internal sealed record ComponentInput(
    string Code,
    CopyKind Kind = CopyKind.Copy,
    int Quantity = 1,
    int? Pages = null,
    NoScanReason? NoScan = null
)
{
    public static List<DossierComponent> Read(IReadOnlyList<ComponentInput> given) =>
        [.. given.Select(c => new DossierComponent(c.Code, c.Kind, c.Quantity, c.Pages, c.NoScan))];
}

internal sealed class ApplicantInputValidator : AbstractValidator<ApplicantInput>
{
    public ApplicantInputValidator()
    {
        RuleFor(a => a.Name).NotEmpty().MaximumLength(200);
        RuleFor(a => a.Kind).IsInEnum();
        RuleFor(a => a.IdentityNumber).IsNumberOf(a => a.Kind);
        RuleFor(a => a.Phone).MatchesWhole(PersonalData.PhonePattern);
        RuleFor(a => a.Email).EmailAddress().MaximumLength(200);
        RuleFor(a => a.Address).MaximumLength(300);
    }
}

internal sealed class ComponentInputValidator : AbstractValidator<ComponentInput>
{
    public ComponentInputValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Quantity).InclusiveBetween(1, 100);
        RuleFor(c => c.Pages).InclusiveBetween(1, 10_000);
        RuleFor(c => c.NoScan).IsInEnum();
    }
}
