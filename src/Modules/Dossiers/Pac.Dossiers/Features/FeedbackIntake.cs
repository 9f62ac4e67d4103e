using FluentValidation;
using Pac.BuildingBlocks.Mediation;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>Who sends feedback; all of it may be left out, and then nobody can be answered in person.</summary>
/// <param name="Name" example="Nguyễn Văn A">Name.</param>
/// <param name="Phone">Telephone, 8 to 15 digits.</param>
/// <param name="Email">E-mail address.</param>
internal sealed record FeedbackSenderInput(string? Name = null, string? Phone = null, string? Email = null);

/// <summary>Feedback as it comes.</summary>
/// <param name="Kind" example="delay">What it is about.</param>
/// <param name="Text" example="Chờ ở quầy quá lâu vào sáng thứ Hai">The words, at least 10 letters.</param>
/// <param name="CentreCode">The centre it concerns.</param>
/// <param name="DossierCode">Code of the dossier it concerns, when there is one.</param>
/// <param name="Sender">Who sends it.</param>
/// <param name="Language" example="vi">In which language an answer is wanted.</param>
/// <param name="RepeatOf">Code of the earlier feedback that it repeats.</param>
internal sealed record FeedbackInput(
    FeedbackKind Kind,
    string Text,
    string CentreCode,
    string? DossierCode = null,
    FeedbackSenderInput? Sender = null,
    TextLanguage Language = TextLanguage.Vi,
    string? RepeatOf = null
);

internal sealed class FeedbackInputValidator : AbstractValidator<FeedbackInput>
{
    public FeedbackInputValidator()
    {
        RuleFor(f => f.Kind).IsInEnum();
        RuleFor(f => f.Text).NotEmpty().Length(10, 4000);
        RuleFor(f => f.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(f => f.DossierCode).MaximumLength(60);
        RuleFor(f => f.Language).IsInEnum();
        RuleFor(f => f.RepeatOf).MaximumLength(40);
        RuleFor(f => f.Sender).SetValidator(new FeedbackSenderInputValidator()!);
    }
}

internal sealed class FeedbackSenderInputValidator : AbstractValidator<FeedbackSenderInput>
{
    public FeedbackSenderInputValidator()
    {
        RuleFor(s => s.Name).MaximumLength(200);
        RuleFor(s => s.Phone).MatchesWhole(PersonalData.PhonePattern);
        RuleFor(s => s.Email).EmailAddress().MaximumLength(200);
    }
}

/// <summary>Makes feedback of what came; the same at a counter and from outside.</summary>
internal sealed class FeedbackIntake(CentreCalendars centres, IRatings dossiers, ILaw laws, TimeProvider clock)
{
    public async Task<Feedback> Take(FeedbackInput input, FeedbackChannel channel, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var centre =
            await centres.Find(input.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre.At("/centreCode"));
        Dossier? dossier = null;
        if (input.DossierCode is { } code)
            dossier =
                await dossiers.DossierWithCode(code, ct)
                ?? throw new BusinessRuleException(FeedbackErrors.UnknownDossier.At("/dossierCode"));
        var sender = input.Sender ?? new();
        return Feedback.Submit(
            new(
                input.Kind,
                channel,
                input.Text.Trim().Normalize(),
                new(sender.Name?.Trim().Normalize(), sender.Phone, sender.Email?.Trim()),
                input.Language,
                centre.Code,
                null,
                dossier?.Id,
                input.RepeatOf
            ),
            centre.Calendar,
            await laws.On(now.LocalDay(), ct),
            by,
            now
        );
    }
}
