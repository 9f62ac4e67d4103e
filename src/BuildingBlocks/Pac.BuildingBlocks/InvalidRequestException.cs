namespace Pac.BuildingBlocks;

/// <summary>One member of the input that is wrong.</summary>
/// <param name="Pointer">JSON pointer into the body, or <c>/query/name</c> for a query parameter.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Vietnamese">What is wrong, in Vietnamese.</param>
/// <param name="English">What is wrong, in English.</param>
public sealed record InputFault(string Pointer, string Code, string Vietnamese, string English);

/// <summary>The input breaks its shape; the caller is told every member at fault. Answered as 400.</summary>
/// <param name="faults">What is wrong.</param>
public sealed class InvalidRequestException(IReadOnlyList<InputFault> faults) : Exception("invalid-request")
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<InputFault> Faults { get; } = faults;

    /// <summary>A single query parameter is wrong.</summary>
    public static InvalidRequestException Query(string name, string code, string vietnamese, string english) =>
        new([new($"/query/{name}", code, vietnamese, english)]);

    /// <summary>A single member of the body is wrong.</summary>
    public static InvalidRequestException Body(string pointer, string code, string vietnamese, string english) =>
        new([new(pointer, code, vietnamese, english)]);
}
