using FluentValidation;

namespace Pac.Dossiers.Features;

/// <summary>A component that is asked for.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Reason">What is wrong with it, or that it is missing.</param>
/// <param name="Verification">Whether it is asked for to verify data that are digital already.</param>
internal sealed record SupplementItemInput(string Code, string Reason, bool Verification = false);

internal sealed class SupplementItemInputValidator : AbstractValidator<SupplementItemInput>
{
    public SupplementItemInputValidator()
    {
        RuleFor(i => i.Code).NotEmpty().MaximumLength(40);
        RuleFor(i => i.Reason).NotEmpty().MaximumLength(500);
    }
}
