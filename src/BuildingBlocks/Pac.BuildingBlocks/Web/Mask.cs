namespace Pac.BuildingBlocks.Web;

/// <summary>Hides the middle of what identifies a person; lists show nothing more (Law 91/2025/QH15 on personal data).</summary>
public static class Mask
{
    private const int Long = 10;
    private const int Short = 8;

    /// <summary>
    /// An identity number as <c>066*****0123</c>: the first three and the last four characters; of one of eight or nine, such as that of a passport,
    /// only the last three, and of a shorter one nothing.
    /// </summary>
    /// <param name="number">The number.</param>
    public static string? Number(string? number) =>
        number switch
        {
            null => null,
            { Length: < Short } => new string('*', number.Length),
            { Length: < Long } => $"{new string('*', number.Length - 3)}{number.AsSpan(number.Length - 3)}",
            _ => $"{number.AsSpan(0, 3)}{new string('*', number.Length - 7)}{number.AsSpan(number.Length - 4)}",
        };
}
