using FluentValidation;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>The shape of what a version says; the rules within it are <see cref="CatalogueRules"/>.</summary>
internal sealed class ProcedureDetailsValidator : AbstractValidator<ProcedureDetails>
{
    public ProcedureDetailsValidator()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
        RuleFor(x => x.AgencyCode).MaximumLength(40);
        RuleFor(x => x.Source).NotEmpty().MaximumLength(300);
        RuleFor(x => x.FeeDong).InclusiveBetween(0, 1_000_000_000_000);
        RuleFor(x => x.Terms).MostItems(4);
        RuleFor(x => x.Steps).MostItems(30);
        RuleFor(x => x.Steps).NotEmpty().When(x => x.Workflow is null);
        RuleFor(x => x.Documents).MostItems(100);
        RuleFor(x => x.ToBeConfirmed).MostItems(20);
        RuleForEach(x => x.ToBeConfirmed).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Variants).MostItems(30);
        RuleFor(x => x.PersonGroups).MostItems(50);
        RuleFor(x => x.Fees).MostItems(200);
        RuleFor(x => x.Exemptions).MostItems(100);
        RuleFor(x => x.Sets).InclusiveBetween(1, 20);
        RuleFor(x => x.ApplicantKinds).MostItems(10);
        RuleFor(x => x.Channels).MostItems(10);
        RuleFor(x => x.CentreCodes).MostItems(200);
        RuleForEach(x => x.CentreCodes).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Result).MaximumLength(300);
        RuleFor(x => x.ResultEn).MaximumLength(300);
        RuleFor(x => x.Conditions).MaximumLength(4000);
        RuleFor(x => x.ConditionsEn).MaximumLength(4000);
        RuleFor(x => x.LegalBasisIds).MostItems(50);
        RuleForEach(x => x.LegalBasisIds).NotEmpty().MaximumLength(60);
        RuleFor(x => x.Workflow).MaximumLength(40);
        RuleFor(x => x.Terms).Must(t => IsEach(t, x => x.Channel)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
        RuleFor(x => x.Documents).Must(d => IsEach(d, x => x.Code)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
        RuleFor(x => x.Variants).Must(d => IsEach(d, x => x.Code)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
        RuleFor(x => x.PersonGroups).Must(d => IsEach(d, x => x.Code)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
        RuleFor(x => x.Channels).Must(d => IsEach(d, x => x)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
        RuleFor(x => x.ApplicantKinds).Must(d => IsEach(d, x => x)).WithErrorCode("Repeated").WithMessage(_ => Repeated);
        RuleForEach(x => x.Terms).SetValidator(new ProcedureTermValidator());
        RuleForEach(x => x.Steps).SetValidator(new ProcedureStepValidator());
        RuleForEach(x => x.Documents).SetValidator(new ProcedureComponentValidator());
        RuleForEach(x => x.Variants).SetValidator(new VariantDetailsValidator());
        RuleForEach(x => x.PersonGroups).SetValidator(new PersonGroupValidator());
        RuleForEach(x => x.Fees).SetValidator(new FeeRuleValidator());
        RuleForEach(x => x.Exemptions).SetValidator(new FeeExemptionValidator());
    }

    private static string Repeated => Language.Pick("Có mục bị lặp lại.", "An item is given twice.");

    private static bool IsEach<T, TKey>(IReadOnlyList<T>? items, Func<T, TKey> key) =>
        items is null || items.DistinctBy(key).Count() == items.Count;
}

internal sealed class ProcedureTermValidator : AbstractValidator<ProcedureTerm>
{
    private const int MostMonths = 120;

    public ProcedureTermValidator()
    {
        RuleFor(x => x.Value).InclusiveBetween(0, 1000);
        // A longer one would end after the years that calendars cover.
        RuleFor(x => x.Value).LessThanOrEqualTo(MostMonths).When(x => x.Unit == TermUnit.Month);
    }
}

internal sealed class ProcedureStepValidator : AbstractValidator<ProcedureStep>
{
    public ProcedureStepValidator()
    {
        RuleFor(x => x.Role).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Hours).InclusiveBetween(0, 8000);
        RuleFor(x => x.Consultations).MostItems(30);
        RuleForEach(x => x.Consultations).SetValidator(new ConsultationValidator());
    }
}

internal sealed class ConsultationValidator : AbstractValidator<Consultation>
{
    public ConsultationValidator()
    {
        RuleFor(x => x.Role).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Hours).InclusiveBetween(0, 8000);
        RuleFor(x => x.AgencyCode).MaximumLength(40);
    }
}

internal sealed class ProcedureComponentValidator : AbstractValidator<ProcedureComponent>
{
    public ProcedureComponentValidator()
    {
        RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
        RuleFor(x => x.Quantity).InclusiveBetween(1, 100);
        RuleFor(x => x.Variants).MostItems(30);
        RuleForEach(x => x.Variants).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Step).InclusiveBetween(1, 30);
    }
}

internal sealed class VariantDetailsValidator : AbstractValidator<VariantDetails>
{
    public VariantDetailsValidator()
    {
        RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
        RuleFor(x => x.Terms).MostItems(4);
        RuleFor(x => x.Terms)
            .Must(t => t is null || t.DistinctBy(x => x.Channel).Count() == t.Count)
            .WithErrorCode("Repeated")
            .WithMessage(_ => Language.Pick("Có mục bị lặp lại.", "An item is given twice."));
        RuleForEach(x => x.Terms).SetValidator(new ProcedureTermValidator());
        RuleFor(x => x.Steps).MostItems(30);
        RuleForEach(x => x.Steps).SetValidator(new ProcedureStepValidator());
    }
}

internal sealed class PersonGroupValidator : AbstractValidator<PersonGroup>
{
    public PersonGroupValidator()
    {
        RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
    }
}

internal sealed class FeeRuleValidator : AbstractValidator<FeeRule>
{
    // So that no number of copies and pages leads out of the range of numbers.
    private const long MostDong = 10_000_000_000;

    public FeeRuleValidator()
    {
        RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
        RuleFor(x => x.Name).NotEmpty().MaximumLength(300);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(300);
        RuleFor(x => x.Dong).InclusiveBetween(0, MostDong);
        RuleFor(x => x.PersonGroup).MaximumLength(40);
        RuleFor(x => x.VariantCode).MaximumLength(40);
        RuleFor(x => x.LegalBasisId).MaximumLength(60);
        RuleFor(x => x.MostDong).InclusiveBetween(0, MostDong);
        RuleFor(x => x.LeastDong).InclusiveBetween(0, MostDong);
        RuleFor(x => x.Collector).IsInEnum();
        RuleFor(x => x.Shares).MostItems(20);
        RuleForEach(x => x.Shares).SetValidator(new FeeShareValidator());
        RuleFor(x => x.Tiers).MostItems(20);
        RuleForEach(x => x.Tiers).SetValidator(new FeeTierValidator());
    }
}

internal sealed class FeeShareValidator : AbstractValidator<FeeShare>
{
    public FeeShareValidator()
    {
        RuleFor(x => x.Above).InclusiveBetween(0, DeclaredValue.Most);
        RuleFor(x => x.Percent).InclusiveBetween(0, 100).PrecisionScale(7, 4, true);
    }
}

internal sealed class FeeTierValidator : AbstractValidator<FeeTier>
{
    public FeeTierValidator()
    {
        RuleFor(x => x.From).InclusiveBetween(2, 10_000);
        RuleFor(x => x.Dong).InclusiveBetween(0, 10_000_000_000);
    }
}

internal sealed class FeeExemptionValidator : AbstractValidator<FeeExemption>
{
    public FeeExemptionValidator()
    {
        RuleFor(x => x.PersonGroup).NotEmpty().MaximumLength(40);
        RuleFor(x => x.LegalBasisId).NotEmpty().MaximumLength(60);
        RuleFor(x => x.FeeCode).MaximumLength(40);
    }
}
