namespace Pac.Dossiers.Domain.Figures;

/// <summary>Keeps what the indices of Decision 766 are worth from which day on.</summary>
internal interface IQualityParameters
{
    /// <summary>The last day from which a value of an index is in force, or null when there is none.</summary>
    Task<DateOnly?> LastOf(string index, CancellationToken ct);

    /// <summary>Writes a further value.</summary>
    Task Save(QualityParameter parameter, CancellationToken ct);
}
