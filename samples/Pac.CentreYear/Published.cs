namespace Pac.CentreYear;

/// <summary>How a dossier comes in.</summary>
internal enum Channel
{
    Counter,
    Online,
    Post,
}

/// <summary>Dossiers by channel.</summary>
internal sealed record ByChannel(int Counter, int Online, int Post)
{
    public int Total => Counter + Online + Post;
}

/// <summary>What a year has to add up to.</summary>
/// <param name="Year">The year.</param>
/// <param name="Returned">Received, settled and given back within the year.</param>
/// <param name="Open">Received and still in process when the year ended.</param>
internal sealed record YearTotals(int Year, ByChannel Returned, ByChannel Open)
{
    public int Received => Returned.Total + Open.Total;
}

/// <summary>
/// The published totals of the provincial centre for 2024, and what they say about 2023. Published are: 138,313 received in 2024, 4,630 more
/// than in 2023; 125,310 results given back, 87,119 of them at the centre and 38,191 online; 99.99 % early or on time; 19 fields.
/// </summary>
internal static class Published
{
    public const int Fields = 19;

    /// <summary>As many as can be late without the share falling below 99.99 %; each has its cause.</summary>
    public const int Late = 12;

    /// <summary>Chosen, as only its sum is published: 1 % by post, 23 % online, nothing late and nothing carried over.</summary>
    public static readonly YearTotals Before = new(2023, new(101_599, 30_747, 1_337), new(0, 0, 0));

    /// <summary>The open ones have the channels of those given back.</summary>
    public static readonly YearTotals Year = new(2024, new(87_119, 38_191, 0), new(9_040, 3_963, 0));

    public static IReadOnlyList<YearTotals> All { get; } = [Before, Year];
}
