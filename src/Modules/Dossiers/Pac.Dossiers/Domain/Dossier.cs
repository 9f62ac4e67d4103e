using Pac.BuildingBlocks.Auditing;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>A component (thành phần hồ sơ) that was handed in.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">Original, copy or file.</param>
/// <param name="Quantity">How many sets.</param>
/// <param name="Pages">How many pages each.</param>
/// <param name="NoScan">Why no scan is needed of it; null where one is, or where it came electronically.</param>
internal sealed record DossierComponent(string Code, CopyKind Kind, int Quantity, int? Pages, NoScanReason? NoScan = null)
{
    /// <summary>How many sets were handed in: as many as of the paper of which there are most; null when none was.</summary>
    public static int? Sets(IReadOnlyList<DossierComponent> components) => components.Count == 0 ? null : components.Max(c => c.Quantity);
}

/// <summary>The document that settles a dossier.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="Reason">Why it was refused; null for a result.</param>
/// <param name="Files">Its files; null when it is on paper only, or they were added later.</param>
internal sealed record ResultDocument(string Number, DateOnly Date, string Signer, string? Reason, IReadOnlyList<ResultFile>? Files = null);

/// <summary>Where and how a dossier is received.</summary>
/// <param name="Code">Its code.</param>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter, when there is one.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="AssistedCentreCode">The centre that helped the person; null when it is the receiving one, or none.</param>
/// <param name="ReturnCentreCode">The centre where the result is wanted; null when it is the receiving one.</param>
internal sealed record Reception(
    string Code,
    string CentreCode,
    Guid? CounterId,
    string AgencyCode,
    Channel Channel,
    string? AssistedCentreCode = null,
    string? ReturnCentreCode = null
)
{
    /// <summary>The variant of the procedure; null for the ordinary case.</summary>
    public string? VariantCode { get; init; }

    /// <summary>The group of the person, where another price holds for it.</summary>
    public string? PersonGroup { get; init; }

    /// <summary>The paper that proves the group.</summary>
    public string? GroupEvidence { get; init; }

    /// <summary>The value that the applicant declares, in dong; null when none is.</summary>
    public long? DeclaredValue { get; init; }

    /// <summary>Whether the person was helped, and where.</summary>
    public Assistance Assistance => AssistanceOf(AssistedCentreCode, CentreCode);

    /// <summary>Whether a person was helped by the centre that receives, or by another one.</summary>
    public static Assistance AssistanceOf(string? helper, string centre) =>
        helper is null ? Assistance.Unassisted
        : helper == centre ? Assistance.Assisted
        : Assistance.AtOtherCentre;

    /// <summary>Copies of the result that are wanted.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>What is handed in, as far as it decides whether it may be, where nothing is said of the person.</summary>
    public Filing AsFiled(IReadOnlyList<DossierComponent> components, DateTimeOffset at) =>
        new(new(at.LocalDay(), Channel, VariantCode, PersonGroup, Copies, FeeQuestion.PagesOf(components), DeclaredValue))
        {
            CentreCode = CentreCode,
            EvidenceAtHand = !string.IsNullOrWhiteSpace(GroupEvidence),
        };
}

/// <summary>The case of a procedure that somebody files, and what its price follows from.</summary>
/// <param name="VariantCode">The variant; null for the ordinary case.</param>
/// <param name="PersonGroup">The group of the person.</param>
/// <param name="GroupEvidence">The paper that proves the group.</param>
/// <param name="Copies">Copies of the result that are wanted.</param>
/// <param name="DeclaredValue">The value that the applicant declares, in dong.</param>
/// <param name="Pages">The pages that an officer counted; null when they are those of the papers.</param>
internal sealed record FiledCase(
    string? VariantCode,
    string? PersonGroup,
    string? GroupEvidence,
    int Copies,
    long? DeclaredValue,
    int? Pages
);

/// <summary>A dossier (hồ sơ thủ tục hành chính): a person's request on its way from the counter to the result.</summary>
internal sealed partial class Dossier : AggregateRoot
{
    private Dossier() { }

    public DossierId Id { get; private set; }

    /// <summary>Code shown to people (mã hồ sơ); an attribute, not the identity.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Code at the national portal, when it came from there.</summary>
    public string? PortalCode { get; private set; }

    public string ProcedureCode { get; private set; } = "";

    /// <summary>The version of the procedure that was in force at reception or submission; a later version changes nothing for this dossier.</summary>
    public int ProcedureVersion { get; private set; }

    /// <summary>The variant of the procedure (trường hợp); null for the ordinary case.</summary>
    public string? VariantCode { get; private set; }

    /// <summary>The group of the person, where another price holds for it (đối tượng).</summary>
    [Personal]
    public string? PersonGroup { get; private set; }

    /// <summary>The value that the applicant declared (giá trị kê khai), in dong; prices may be a percentage of it.</summary>
    public long? DeclaredValue { get; private set; }

    /// <summary>Copies of the result that are wanted.</summary>
    public int Copies { get; private set; } = 1;

    /// <summary>The pages that an officer counted at acceptance; null when they are those of the papers.</summary>
    public int? CountedPages { get; private set; }

    /// <summary>What was to be paid on the day of reception; empty when nothing is, or when it follows from a tariff.</summary>
    public IReadOnlyList<FeeDue> FeesDue { get; private set; } = [];

    public string FieldCode { get; private set; } = "";

    /// <summary>The centre that received it.</summary>
    public string CentreCode { get; private set; } = "";

    /// <summary>The centre that helped the person; null when it is the receiving one, or none.</summary>
    public string? AssistedCentreCode { get; private set; }

    /// <summary>Whether the person was helped to apply, and where.</summary>
    public Assistance Assistance { get; private set; }

    /// <summary>The centre where the result is returned; null when it is the receiving one.</summary>
    public string? ReturnCentreCode { get; private set; }

    /// <summary>Whether the receiving centre has ended and the one of return goes on with it.</summary>
    public bool ServedByReturnCentre { get; private set; }

    public Guid? CounterId { get; private set; }

    /// <summary>The competent agency, whose code begins the dossier code.</summary>
    public string AgencyCode { get; private set; } = "";

    /// <summary>The agency that has it in hand; null when it is the competent one.</summary>
    public string? HandlingAgencyCode { get; private set; }

    public Channel Channel { get; private set; }

    public DossierStatus Status { get; private set; }

    public PaymentStatus Payment { get; private set; }

    public DeliveryStatus Delivery { get; private set; }

    public SyncStatus Sync { get; private set; }

    [Personal]
    public Applicant Applicant { get; private set; } = null!;

    /// <summary>Owner and representative; null when the applicant acts for himself alone.</summary>
    [Personal]
    public Parties? Parties { get; private set; }

    /// <summary>What was decided about dossiers that look like this one; null while nobody has been asked.</summary>
    public IReadOnlyList<DuplicateVerdict>? DuplicateVerdicts { get; private set; }

    public IReadOnlyList<DossierComponent> Components { get; private set; } = [];

    /// <summary>When it was submitted online.</summary>
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Until when the person has to be told whether it is accepted; null while a payment is awaited, and after the answer.</summary>
    public Deadline? Intake { get; private set; }

    /// <summary>Whether it was submitted online and not received (yet).</summary>
    public bool OnlySubmitted { get; private set; }

    /// <summary>When it was received; of one that was only submitted, when it was submitted.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>When the result is due (ngày hẹn trả); null when nothing is, or while the clock stands still.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>What the receipt promises; stays when the due instant moves.</summary>
    public DateTimeOffset? PromisedAt { get; private set; }

    /// <summary>When somebody has to look whether a time has passed; null when there is nothing to wait for.</summary>
    public DateTimeOffset? WatchAt { get; private set; }

    /// <summary>The due instant whose passing has been noted.</summary>
    public DateTimeOffset? NotedDueAt { get; private set; }

    public DossierClock? Clock { get; private set; }

    /// <summary>The calendar of the clock, beside it for the search; null for imported dossiers.</summary>
    public string? CalendarCode { get; private set; }

    public IReadOnlyList<DossierStep> Steps { get; private set; } = [];

    /// <summary>Number of the step in hand; null before the first and after the last.</summary>
    public int? CurrentStep { get; private set; }

    /// <summary>Subject of the officer in charge.</summary>
    public string? AssignedTo { get; private set; }

    public IReadOnlyList<Supplement> Supplements { get; private set; } = [];

    public IReadOnlyList<Payment> Payments { get; private set; } = [];

    /// <summary>Which agencies had it in hand; empty as long as it was the competent one alone.</summary>
    public IReadOnlyList<AgencyTurn> Turns { get; private set; } = [];

    [Personal]
    public Extension? Extension { get; private set; }

    [Personal]
    public Withdrawal? Withdrawal { get; private set; }

    /// <summary>Why it was not accepted, or stopped.</summary>
    [Personal]
    public Closing? Closing { get; private set; }

    /// <summary>The dossier that leads the linked ones (liên thông).</summary>
    public DossierId? ParentId { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public Outcome? Outcome { get; private set; }

    [Personal]
    public ResultDocument? Result { get; private set; }

    public DateTimeOffset? ReturnedAt { get; private set; }

    public ReturnMethod? ReturnMethod { get; private set; }

    /// <summary>How the receiver was identified.</summary>
    public IdentityCheck? ReturnIdentity { get; private set; }

    [Personal]
    public string? ReturnedTo { get; private set; }

    /// <summary>The paper by which somebody else took the result.</summary>
    [Personal]
    public Authorisation? ReturnAuthorisation { get; private set; }

    /// <summary>Number of the consignment by which the result went (số vận đơn bưu chính).</summary>
    [Personal]
    public string? ReturnConsignment { get; private set; }

    /// <summary>Why it was late, in words.</summary>
    [Personal]
    public string? LateCause { get; private set; }

    /// <summary>
    /// What is left of the cause once the words are erased: their hash, by which report 07a and the proof tell same from same.
    /// </summary>
    public string? LateCauseHash { get; private set; }

    /// <summary>Which system may state its status now.</summary>
    public StatedBy StatedBy { get; private set; }

    /// <summary>System it was imported from; null when it was received here.</summary>
    public string? Source { get; private set; }

    /// <summary>Its id in that system.</summary>
    public string? SourceId { get; private set; }

    /// <summary>The centre that goes on with it: the receiving one, until another succeeds it.</summary>
    public string ServingCentre => ServedByReturnCentre ? ReturnCentreCode ?? CentreCode : CentreCode;

    /// <summary>Whether it was received. What was only submitted counts in no figure.</summary>
    public bool IsReceived => !OnlySubmitted;

    /// <summary>The agency that has it in hand.</summary>
    public string HandlingAgency => HandlingAgencyCode ?? AgencyCode;

    // Every act is to be told to the national portal, and changes what there is to wait for.
    private void Happened(IDossierAct act)
    {
        Sync = SyncStatus.Pending;
        var next = NextDueAt();
        // Whoever states the status also watches over it, wherever the dossier was received.
        WatchAt = StatedBy == StatedBy.Pac && next != NotedDueAt ? next : null;
        NoteWorkDue();
        NoteDueTime(act);
        Raise(act);
    }

    // What the passing of time does something about.
    private DateTimeOffset? NextDueAt() =>
        Status switch
        {
            DossierStatus.Submitted => Intake?.DueAt,
            DossierStatus.SupplementRequested => OpenSupplement()?.Answer.DueAt,
            DossierStatus.Received or DossierStatus.InProcess => DueAt,
            _ => null,
        };

    private static void Require(bool holds, Error error)
    {
        if (!holds)
            throw new BusinessRuleException(error);
    }
}
