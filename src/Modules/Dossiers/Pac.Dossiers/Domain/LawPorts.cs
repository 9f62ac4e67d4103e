namespace Pac.Dossiers.Domain;

/// <summary>Keeps the figures of the law with the days from which they are in force.</summary>
internal interface ILegalTerms
{
    /// <summary>The newest figure of a code for a field; for the general law when the field is empty. Null when there is none.</summary>
    Task<LegalTerm?> Last(string code, string fieldCode, CancellationToken ct);

    /// <summary>A figure by its key, or null.</summary>
    Task<LegalTerm?> Find(string code, string fieldCode, DateOnly effectiveFrom, CancellationToken ct);

    /// <summary>Writes a figure.</summary>
    Task Save(LegalTerm term, CancellationToken ct);
}

/// <summary>Keeps the rules of escalation with the days from which they are in force.</summary>
internal interface IEscalationRules
{
    /// <summary>The last day from which a rule of this code is in force, or null when there is none.</summary>
    Task<DateOnly?> LastOf(string code, CancellationToken ct);

    /// <summary>Writes a rule.</summary>
    Task Save(EscalationRule rule, CancellationToken ct);
}
