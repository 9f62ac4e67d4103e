namespace Pac.Dossiers.Exchange;

/// <summary>A dossier as we tell it, in words that belong to no side.</summary>
internal sealed record OutgoingDossier(
    string Code,
    string ProcedureCode,
    string ProcedureName,
    string FieldCode,
    string FieldName,
    int Channel,
    string ApplicantName,
    int ApplicantKind,
    string? IdentityNumber,
    string? Phone,
    string? Email,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    int Status,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    string AgencyName,
    IReadOnlyList<OutgoingDocument> Documents
);

/// <summary>A component that was handed in.</summary>
internal sealed record OutgoingDocument(string Code, bool Electronic);

/// <summary>One act as we tell it: when it happened, not when we tell it.</summary>
internal sealed record OutgoingProgress(
    string Code,
    int Status,
    DateTimeOffset OccurredAt,
    string AgencyName,
    string Act,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt
);

/// <summary>What another system says of a dossier.</summary>
internal sealed record IncomingStatus(string Code, string ProcedureCode, int Status, DateTimeOffset OccurredAt);

/// <summary>How the other side took a message.</summary>
/// <param name="Taken">Whether it did.</param>
/// <param name="ForGood">Whether another try of the same message is useless.</param>
/// <param name="Word">What was answered, as a word.</param>
internal sealed record ExchangeAnswer(bool Taken, bool ForGood, string Word)
{
    public static readonly ExchangeAnswer Ok = new(true, false, "taken");
}

/// <summary>The other side could not be asked.</summary>
internal sealed class PartnerAwayException(string word) : Exception(word);

/// <summary>The way to one other system. It speaks that system's language and knows nothing of our domain.</summary>
internal interface IExchangeAdapter
{
    Task<ExchangeAnswer> Push(OutgoingDossier dossier, CancellationToken ct);

    Task<ExchangeAnswer> Push(OutgoingProgress progress, CancellationToken ct);

    /// <summary>What the other side has, received or changed in a period; each as it was written.</summary>
    /// <exception cref="PartnerAwayException">It could not be asked.</exception>
    IAsyncEnumerable<string> LookUp(DateTimeOffset from, DateTimeOffset to, bool changed, CancellationToken ct);

    /// <summary>Reads what the other side wrote; null with a word for what is wrong with it.</summary>
    (IncomingStatus? Status, string? Wrong) Read(string text);
}
