using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>Whether what is to be paid has been paid.</summary>
internal enum PaymentStatus
{
    /// <summary>Nothing is demanded.</summary>
    None,

    /// <summary>A payment is awaited (chờ thu).</summary>
    Waiting,

    /// <summary>Everything demanded is paid (đã thu).</summary>
    Paid,

    /// <summary>What was paid has to be given back (phải hoàn).</summary>
    RefundDue,

    /// <summary>What was paid was given back (đã hoàn).</summary>
    Refunded,

    /// <summary>What was demanded is no longer demanded (đã hủy).</summary>
    Cancelled,
}

/// <summary>Where the result is on its way to the person.</summary>
internal enum DeliveryStatus
{
    /// <summary>There is none yet.</summary>
    None,

    /// <summary>It waits at the one-stop section.</summary>
    Ready,

    /// <summary>It is in the person's hands.</summary>
    Delivered,
}

/// <summary>Whether the national portal knows how the dossier stands.</summary>
internal enum SyncStatus
{
    /// <summary>The last act has not been told yet.</summary>
    Pending,

    /// <summary>All acts are known there.</summary>
    Synchronised,

    /// <summary>The portal did not take the last act.</summary>
    Failed,
}

/// <summary>When something is to be paid.</summary>
internal enum PaymentTiming
{
    /// <summary>Now; work waits for it.</summary>
    Now,

    /// <summary>When the result is returned; work goes on.</summary>
    AtReturn,

    /// <summary>Before anything else: with the submission or at reception; nothing is accepted or handed on until then.</summary>
    Before,

    /// <summary>With the papers that were asked for; the answer is complete once it is paid.</summary>
    AtSupplement,
}

/// <summary>How something was paid.</summary>
internal enum PaymentMethod
{
    /// <summary>In cash at the counter.</summary>
    Cash,

    /// <summary>By bank transfer or card.</summary>
    Transfer,

    /// <summary>On the national portal (code 1 of the national statistics).</summary>
    NationalPortal,

    /// <summary>Through the gateway of the province (code 2 of the national statistics).</summary>
    ProvincialGateway,
}

/// <summary>How the one who takes the result was identified.</summary>
internal enum IdentityCheck
{
    /// <summary>By the receipt (form 01), which is taken back.</summary>
    Receipt,

    /// <summary>By identity card.</summary>
    IdentityCard,

    /// <summary>By e-identity account.</summary>
    EIdentity,

    /// <summary>By an authorisation of the owner.</summary>
    Authorisation,
}

/// <summary>A component that is asked for again.</summary>
/// <param name="Code">Code within the published list.</param>
/// <param name="Reason">What is wrong with it or missing.</param>
/// <param name="Verification">Whether it is asked for to verify data that are digital already (Decree 118/2025, art. 5).</param>
internal sealed record SupplementItem(string Code, string Reason, bool Verification);

/// <summary>Why a second request is allowed.</summary>
/// <param name="Law">The special law.</param>
/// <param name="ApprovedBy">The leader who approved it, by office.</param>
internal sealed record SpecialGround(string Law, string ApprovedBy);

/// <summary>A request to supplement (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, form 02).</summary>
/// <param name="Items">What is asked for.</param>
/// <param name="LegalBasis">The law that the request rests on.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="AtIntake">Whether it was asked before the dossier was received.</param>
/// <param name="Answer">Until when the person may answer.</param>
/// <param name="AskedLate">Whether the due instant had passed when it was asked.</param>
/// <param name="Ground">Why it could be asked a second time.</param>
/// <param name="CompletedAt">When the answer was complete.</param>
/// <param name="ExpiredAt">When the time for the answer ran out.</param>
internal sealed record Supplement(
    IReadOnlyList<SupplementItem> Items,
    string LegalBasis,
    DateTimeOffset RequestedAt,
    string RequestedBy,
    bool AtIntake,
    Deadline Answer,
    bool AskedLate,
    SpecialGround? Ground = null,
    DateTimeOffset? CompletedAt = null,
    DateTimeOffset? ExpiredAt = null
)
{
    public bool IsOpen() => CompletedAt is null && ExpiredAt is null;
}

/// <summary>The apology with a new date (form 04).</summary>
/// <param name="Reason">Why it will take longer.</param>
/// <param name="Signer">Head of the competent agency, by office.</param>
/// <param name="At">When it was given.</param>
/// <param name="By">Who entered it.</param>
/// <param name="OldDueAt">What was due before.</param>
/// <param name="NewDueAt">What is due since.</param>
/// <param name="NoticeUntil">Until when it should have been given.</param>
/// <param name="IsLate">Whether it was given later than that.</param>
/// <param name="Number">Which extension of the dossier it is, from 1.</param>
internal sealed record Extension(
    string Reason,
    string Signer,
    DateTimeOffset At,
    string By,
    DateTimeOffset OldDueAt,
    DateTimeOffset NewDueAt,
    DateTimeOffset NoticeUntil,
    bool IsLate,
    int Number = 1
);

/// <summary>The person's wish to have the dossier back.</summary>
/// <param name="RequestedAt">When.</param>
/// <param name="RequestedBy">Who entered it.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Reason">Why, if the person said.</param>
/// <param name="StatusBefore">Where the dossier stood; a refusal leads back there.</param>
/// <param name="DecidedAt">When it was decided on.</param>
/// <param name="Granted">Whether it was granted.</param>
/// <param name="Decision">The decision on the merits that stood in the way, when it was refused.</param>
internal sealed record Withdrawal(
    DateTimeOffset RequestedAt,
    string RequestedBy,
    Channel Channel,
    string? Reason,
    DossierStatus StatusBefore,
    DateTimeOffset? DecidedAt = null,
    bool? Granted = null,
    string? Decision = null
);

/// <summary>Why a dossier was not accepted (form 03) or stopped (form 05).</summary>
/// <param name="Reason">The reason.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="StatusBefore">Where the dossier stood.</param>
internal sealed record Closing(string Reason, string LegalBasis, DossierStatus StatusBefore);

/// <summary>A stretch in which one agency had the dossier in hand.</summary>
/// <param name="AgencyCode">The agency.</param>
/// <param name="From">When it took over.</param>
/// <param name="To">When it handed over; null while it has it.</param>
/// <param name="AllottedHours">Its share of the time, in working hours; null when none was set.</param>
/// <param name="DueAt">When its share is used up; the due instant of the dossier when none was set.</param>
/// <param name="GivenBy">Who handed over to the next one.</param>
/// <param name="Reason">Why it was handed over.</param>
/// <param name="Result">How the hand-over lies to the share.</param>
internal sealed record AgencyTurn(
    string AgencyCode,
    DateTimeOffset From,
    DateTimeOffset? To,
    decimal? AllottedHours,
    DateTimeOffset? DueAt,
    string? GivenBy = null,
    string? Reason = null,
    Timeliness? Result = null
)
{
    /// <summary>When its share of the time is used up.</summary>
    public static DateTimeOffset? DueOf(
        DateTimeOffset from,
        decimal? hours,
        WorkingCalendar calendar,
        params ReadOnlySpan<Suspension> stops
    ) => hours is { } h ? calendar.DueAt(from, new(h, TermUnit.WorkingHour), DuePolicy.SameClockTime, stops) : null;
}
