namespace Pac.Dossiers.Domain.Figures;

/// <summary>
/// Where the facts of single indices of Decision 766/QD-TTg come from that the figures do not hold: the exchange, and whoever keeps ratings and
/// feedback. It speaks for the data that the caller may see.
/// </summary>
internal interface IQualityIndexSource
{
    /// <summary>The shares that it knows, by index; what it cannot say it leaves out.</summary>
    Task<IReadOnlyDictionary<string, (long Numerator, long Denominator)>> Shares(DateOnly from, DateOnly to, CancellationToken ct);
}
