namespace Pac.BuildingBlocks.Web;

/// <summary>Hides the middle of what identifies a person; lists show nothing more (Law 91/2025/QH15 on personal data).</summary>
public static class Mask
{
    /// <summary>An identity number as <c>066*****0123</c>: the first three and the last four characters.</summary>
    /// <param name="number">The number.</param>
    public static string? Number(string? number) =>
        number is null ? null
        : number.Length <= 7 ? new string('*', number.Length)
        : $"{number.AsSpan(0, 3)}{new string('*', number.Length - 7)}{number.AsSpan(number.Length - 4)}";
}
