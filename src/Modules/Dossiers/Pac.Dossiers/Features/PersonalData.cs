using FluentValidation;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features;

/// <summary>Somebody else who has a part in a dossier.</summary>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="Kind">What kind of person or body; a citizen when not given.</param>
/// <param name="IdentityNumber">12-digit personal number or 9-digit old card of a citizen, tax code of 10 or 10-3 digits of an enterprise, either of any other kind.</param>
/// <param name="Phone">Telephone, 8 to 15 digits.</param>
/// <param name="Address">Postal address.</param>
internal sealed record PartyInput(
    string Name,
    ApplicantKind Kind = ApplicantKind.Citizen,
    string? IdentityNumber = null,
    string? Phone = null,
    string? Address = null
);

/// <summary>By what a representative may act.</summary>
/// <param name="Number" example="0123/2026/UQ">Number of the document, or of its notarial act.</param>
/// <param name="Date" example="2026-11-01">Its date.</param>
/// <param name="ValidUntil" example="2031-10-31">Last day it is valid; left out when it states none.</param>
internal sealed record AuthorisationInput(string Number, DateOnly Date, DateOnly? ValidUntil = null);

/// <summary>Who has a part in a dossier beside the applicant.</summary>
/// <param name="Owner">Whose affair it is, when it is not the applicant's own.</param>
/// <param name="Representative">Who acts for the applicant.</param>
/// <param name="Authorisation">By what the representative may act; needed with one, and by a citizen who files for another one without a capacity.</param>
/// <param name="Capacity">In what capacity a citizen files for the owner, where that needs no authorisation.</param>
internal sealed record InvolvedInput(
    PartyInput? Owner = null,
    PartyInput? Representative = null,
    AuthorisationInput? Authorisation = null,
    Capacity? Capacity = null
);

internal sealed class InvolvedInputValidator : AbstractValidator<InvolvedInput>
{
    public InvolvedInputValidator()
    {
        RuleFor(i => i.Owner).SetValidator(new PartyInputValidator()!);
        RuleFor(i => i.Representative).SetValidator(new PartyInputValidator()!);
        RuleFor(i => i.Capacity).IsInEnum();
        RuleFor(i => i.Authorisation)
            .ChildRules(a =>
            {
                a.RuleFor(x => x!.Number).NotEmpty().MaximumLength(60);
            });
    }
}

internal sealed class PartyInputValidator : AbstractValidator<PartyInput>
{
    public PartyInputValidator()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(200);
        RuleFor(x => x.Kind).IsInEnum();
        RuleFor(x => x.IdentityNumber).IsNumberOf(x => x.Kind);
        RuleFor(x => x.Phone).MatchesWhole(PersonalData.PhonePattern);
        RuleFor(x => x.Address).MaximumLength(300);
    }
}

/// <summary>People as they are written down at a counter, made ready to be kept: names in one normal form, numbers sealed.</summary>
internal static class PersonalData
{
    public const string NumberPattern = "^([0-9]{9}|[0-9]{12}|[0-9]{10}(-[0-9]{3})?)$";

    /// <summary>Whatever is kept as a number: also what other systems know people by, such as the number of a passport; no filler of one character.</summary>
    public const string KeptNumberPattern = "^(?!(.)\\1*$)[0-9A-Za-z-]{6,20}$";
    public const string PhonePattern = "^\\+?[0-9]{8,15}$";

    /// <summary>Refuses what cannot be the number of such a person or body, and says how one looks.</summary>
    public static IRuleBuilderOptions<T, string?> IsNumberOf<T>(this IRuleBuilderInitial<T, string?> rule, Func<T, ApplicantKind> kind) =>
        rule.Cascade(CascadeMode.Stop)
            .MatchesWhole(NumberPattern)
            .Must((x, number) => number is null || IdentityNumberFormat.Fits(kind(x), number))
            .WithErrorCode("IdentityNumber")
            .WithMessage(x => Looks(kind(x)));

    /// <summary>The kind of whom it concerns: of the owner, when another one applies.</summary>
    public static ApplicantKind KindConcerned(this InvolvedInput? involved, ApplicantInput applicant) =>
        involved?.Owner?.Kind ?? applicant.Kind;

    public static async ValueTask<Applicant> Kept(this ApplicantInput a, IIdentityNumbers numbers, CancellationToken ct) =>
        Applicant.Of(a.Kind, Plain(a.Name)!, await numbers.Seal(a.IdentityNumber, ct), a.Phone, a.Email?.Trim(), Plain(a.Address));

    public static async ValueTask<Parties?> Kept(this InvolvedInput? i, IIdentityNumbers numbers, CancellationToken ct) =>
        i is null || i == new InvolvedInput()
            ? null
            : new(
                await Kept(i.Owner, numbers, ct),
                await Kept(i.Representative, numbers, ct),
                i.Authorisation is { } a ? new(a.Number.Trim(), a.Date, a.ValidUntil) : null,
                i.Capacity
            );

    public static async ValueTask<Party?> Kept(this PartyInput? p, IIdentityNumbers numbers, CancellationToken ct) =>
        p is null ? null : new(p.Kind, Plain(p.Name)!, await numbers.Seal(p.IdentityNumber, ct), p.Phone, Plain(p.Address));

    private static string Looks(ApplicantKind kind) =>
        kind switch
        {
            ApplicantKind.Citizen => Language.Pick(
                "Số định danh cá nhân phải đủ 12 chữ số với mã nơi đăng ký khai sinh và mã thế kỷ, giới tính hợp lệ, hoặc là số CMND 9 chữ số.",
                "A personal number has 12 digits with a code of the place of birth and one of century and sex; an old card has 9."
            ),
            ApplicantKind.Enterprise => Language.Pick(
                "Mã số thuế phải có 10 chữ số (hoặc 10-3 với đơn vị phụ thuộc) và chữ số kiểm tra đúng.",
                "A tax code has 10 digits (10-3 of a dependent unit) with the right check digit."
            ),
            _ => Language.Pick(
                "Phải là số định danh cá nhân 12 chữ số, số CMND 9 chữ số, hoặc mã số thuế 10 hay 10-3 chữ số với chữ số kiểm tra đúng.",
                "It must be a personal number of 12 digits, an old card of 9, or a tax code of 10 or 10-3 digits with the right check digit."
            ),
        };

    private static string? Plain(string? text) => text?.Trim().Normalize();
}
