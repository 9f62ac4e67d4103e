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
)
{
    /// <summary>When it was submitted online; when it was received otherwise.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it was not accepted.</summary>
    public DateTimeOffset? RejectedAt { get; init; }

    /// <summary>Whether the person applied with an e-identity account.</summary>
    public bool EIdentity { get; init; }

    /// <summary>0 when nothing was paid online, 1 on the national portal, 2 through the gateway of the province.</summary>
    public int PaidOnline { get; init; }

    public IReadOnlyList<OutgoingFee> Fees { get; init; } = [];

    public IReadOnlyList<OutgoingSupplement> Supplements { get; init; } = [];

    public IReadOnlyList<OutgoingResult> Results { get; init; } = [];
}

/// <summary>A component that was handed in, with its file where there is one.</summary>
internal sealed record OutgoingDocument(string Code, bool Electronic, OutgoingFile? File = null);

/// <summary>A file of a component.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Link">Where it is fetched; empty when no public address is configured.</param>
/// <param name="Digitised">Whether it is the image of a paper.</param>
/// <param name="Reused">Whether it comes from an earlier dossier.</param>
/// <param name="FromStore">Whether it comes from a shared store.</param>
/// <param name="ReplacedResult">Number of an earlier result that stands in for it.</param>
internal sealed record OutgoingFile(
    string Id,
    string Name,
    string Link,
    bool Digitised,
    bool Reused,
    bool FromStore,
    string? ReplacedResult
)
{
    /// <summary>What the other side calls it once it has been sent there.</summary>
    public string? TheirId { get; init; }
}

/// <summary>A line of what was to be paid.</summary>
/// <param name="Code">The line.</param>
/// <param name="Name">What for.</param>
/// <param name="Dong">How much.</param>
/// <param name="IsCharge">Whether it is a charge (lệ phí) and no fee (phí).</param>
/// <param name="Timing">When: 1 at reception, 2 with a supplement, 4 at return.</param>
internal sealed record OutgoingFee(string Code, string Name, long Dong, bool IsCharge, int Timing);

/// <summary>A request for papers, and its answer.</summary>
internal sealed record OutgoingSupplement(string Id, IReadOnlyList<WantedPaper> Papers, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt);

/// <summary>A paper that a person is asked for.</summary>
/// <param name="Code">The component.</param>
/// <param name="Reason">What is wrong with it or missing.</param>
internal sealed record WantedPaper(string Code, string Reason);

/// <summary>A document that settles it.</summary>
internal sealed record OutgoingResult(string Id, string Name, string Link, string Number)
{
    /// <summary>What the other side calls it once it has been sent there.</summary>
    public string? TheirId { get; init; }
}

/// <summary>The bytes of a file of ours on their way.</summary>
/// <param name="DossierCode">Its dossier.</param>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its type.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record SentFile(string DossierCode, string Name, string MediaType, string Sha256, Stream Content)
{
    /// <summary>The longest id that a partner may give to a file.</summary>
    public const int LongestId = 100;
}

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
internal sealed record IncomingStatus(string Code, string ProcedureCode, int Status, DateTimeOffset OccurredAt)
{
    /// <summary>What was submitted, as far as it says so.</summary>
    public IncomingSubmission Submission { get; init; } = new(null, 1, null, null, null, null, null, []);

    /// <summary>What has to be paid.</summary>
    public IReadOnlyList<IncomingFee> Fees { get; init; } = [];

    /// <summary>The papers that were asked for last.</summary>
    public IReadOnlyList<WantedPaper> Wanted { get; init; } = [];

    /// <summary>The files that can be fetched.</summary>
    public IReadOnlyList<IncomingFile> Files { get; init; } = [];
}

/// <summary>A file that a person handed in there.</summary>
/// <param name="ComponentCode">The component.</param>
/// <param name="Id">Its id there; empty when none is told.</param>
/// <param name="Name">Its name; empty when none is told.</param>
/// <param name="Link">Where it can be fetched.</param>
/// <param name="FromStore">Whether it comes from the national store.</param>
/// <param name="ReplacedResult">Number of an earlier result that stands in for it.</param>
/// <param name="Text">As the other side wrote it.</param>
internal sealed record IncomingFile(
    string ComponentCode,
    string Id,
    string Name,
    string Link,
    bool FromStore,
    string? ReplacedResult,
    string Text
);

/// <summary>What a person submitted.</summary>
internal sealed record IncomingSubmission(
    string? ApplicantName,
    int ApplicantKind,
    string? IdentityNumber,
    string? Phone,
    string? Email,
    DateTimeOffset? SubmittedAt,
    int? Channel,
    IReadOnlyList<string> Documents
);

/// <summary>A line of what has to be paid.</summary>
internal sealed record IncomingFee(string Name, long Dong);

/// <summary>How the other side took a message.</summary>
/// <param name="Taken">Whether it did.</param>
/// <param name="ForGood">Whether another try of the same message is useless.</param>
/// <param name="Word">What was answered, as a word.</param>
internal sealed record ExchangeAnswer(bool Taken, bool ForGood, string Word)
{
    public static readonly ExchangeAnswer Ok = new(true, false, Accepted);

    /// <summary>The word for what the other side took.</summary>
    public const string Accepted = "taken";

    /// <summary>Whether there was nothing to tell any more.</summary>
    public bool Needless { get; private init; }

    /// <summary>It was not told, for there is no need of it any more.</summary>
    public static ExchangeAnswer NotTold(string word) => new(false, true, word) { Needless = true };

    public static ExchangeAnswer Refused(int code) =>
        new(false, true, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"refused-{code}"));

    public static ExchangeAnswer Away(string word) => new(false, false, word);
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

    /// <summary>Reads what it wrote of one file; null when that cannot be read.</summary>
    IncomingFile? ReadFile(string text);

    /// <summary>Fetches a file from an address that is allowed.</summary>
    /// <exception cref="PartnerAwayException">It could not be asked.</exception>
    /// <exception cref="FileLostException">It does not give it out.</exception>
    Task<PartnerFile> Fetch(Uri target, CancellationToken ct);
}

/// <summary>A system that wants our files themselves, before the dossier that names them.</summary>
internal interface IFileReceiver
{
    /// <summary>Whether it was agreed upon.</summary>
    bool TakesFiles { get; }

    /// <summary>Sends a file; gives its id there, or why it was not taken.</summary>
    Task<(string? TheirId, ExchangeAnswer Answer)> Send(SentFile file, CancellationToken ct);
}
