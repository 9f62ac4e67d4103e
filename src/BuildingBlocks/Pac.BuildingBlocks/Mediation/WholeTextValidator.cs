using FluentValidation;
using FluentValidation.Validators;

namespace Pac.BuildingBlocks.Mediation;

/// <summary>A pattern for the whole text. In .NET a <c>$</c> also stands before a last line break, in the document it does not.</summary>
/// <param name="pattern">The pattern, with <c>^</c> and <c>$</c>, as it stands in the document.</param>
/// <typeparam name="T">What is validated.</typeparam>
public sealed class WholeTextValidator<T>(string pattern) : RegularExpressionValidator<T>(pattern)
{
    /// <inheritdoc />
    public override bool IsValid(ValidationContext<T> context, string value) =>
        base.IsValid(context, value) && value?.EndsWith('\n') != true;
}

/// <summary>Rules for texts.</summary>
public static class TextRules
{
    /// <summary>The whole text has this form; a last line break does not pass unseen, as it does with <c>Matches</c>.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pattern">The pattern, with <c>^</c> and <c>$</c>.</param>
    public static IRuleBuilderOptions<T, string?> MatchesWhole<T>(this IRuleBuilder<T, string?> rule, string pattern)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule!.SetValidator(new WholeTextValidator<T>(pattern))!;
    }
}
