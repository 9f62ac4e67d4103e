using System.Globalization;

namespace Pac.SharedKernel;

/// <summary>Why something is refused, in the terms of the business.</summary>
public enum ErrorKind
{
    /// <summary>The content breaks a rule.</summary>
    RuleBroken,

    /// <summary>Not possible in the present state.</summary>
    WrongState,

    /// <summary>There is no such thing, or the caller may not know of it.</summary>
    NotFound,

    /// <summary>What the caller saw has changed since.</summary>
    Stale,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The request cannot be understood.</summary>
    Malformed,

    /// <summary>Something that is needed for it cannot be reached right now.</summary>
    Unavailable,
}

/// <summary>A refusal with a stable code and its text in both languages. Placeholders are <c>{0}</c>, <c>{1}</c> …</summary>
/// <param name="Code">Stable machine word, starting with the module name: <c>dossiers.already-settled</c>.</param>
/// <param name="Kind">Why.</param>
/// <param name="Vietnamese">Text for people, in Vietnamese.</param>
/// <param name="English">Text for people, in English.</param>
public sealed record Error(string Code, ErrorKind Kind, string Vietnamese, string English)
{
    /// <summary>What fills the placeholders; never personal data.</summary>
    public IReadOnlyList<object> Arguments { get; private init; } = [];

    /// <summary>The input member that is at fault, as a JSON pointer; null when it is not one member.</summary>
    public string? Pointer { get; private init; }

    /// <summary>The same refusal with its placeholders filled.</summary>
    /// <param name="arguments">The values; never personal data.</param>
    public Error With(params object[] arguments) => this with { Arguments = arguments };

    /// <summary>The same refusal naming the member at fault.</summary>
    /// <param name="pointer">A JSON pointer such as <c>/components/0/code</c>.</param>
    public Error At(string pointer) => this with { Pointer = pointer };

    /// <summary>The text in the language of the reader.</summary>
    /// <param name="culture">The reader's language; English for <c>en</c>, else Vietnamese.</param>
    public string TextFor(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var text = culture.TwoLetterISOLanguageName == "en" ? English : Vietnamese;
        return Arguments.Count == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. Arguments]);
    }
}

/// <summary>A rule says no. Mapped to a problem document in one place.</summary>
/// <param name="error">What is refused and why.</param>
public sealed class BusinessRuleException(Error error) : Exception(error?.Code)
{
    /// <summary>What is refused and why.</summary>
    public Error Error { get; } = error ?? throw new ArgumentNullException(nameof(error));
}

/// <summary>There is no such thing, or the caller may not see it.</summary>
/// <param name="what">The kind of thing in the singular, such as <c>dossier</c>; never its value.</param>
/// <param name="why">Why there is none yet and what makes one, for whoever may know; never personal data.</param>
public sealed class NotFoundException(string what, (string Vietnamese, string English)? why = null) : Exception(what)
{
    /// <summary>The kind of thing that is missing.</summary>
    public string What { get; } = what;

    /// <summary>Why there is none yet and what makes one, in both languages.</summary>
    public (string Vietnamese, string English)? Why { get; } = why;
}

/// <summary>The caller acted on an older state than the present one.</summary>
public sealed class StaleVersionException : Exception;
