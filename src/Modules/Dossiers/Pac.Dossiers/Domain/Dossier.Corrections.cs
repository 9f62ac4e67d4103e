using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>That a leader, who is not the one who asks, allows a second request because a special law does.</summary>
/// <param name="Law">The special law.</param>
/// <param name="Office">Who approves, by office.</param>
/// <param name="By">Subject who approves.</param>
/// <param name="At">When.</param>
/// <param name="IsUsed">Whether the request has been made.</param>
internal sealed record SupplementApproval(string Law, string Office, string By, DateTimeOffset At, bool IsUsed = false);

/// <summary>That the agency finds a dossier not eligible and returns it to the one-stop section with form 02.</summary>
/// <param name="Items">What is missing or wrong.</param>
/// <param name="LegalBasis">The law that this rests on.</param>
/// <param name="At">When it was returned.</param>
/// <param name="By">Subject who returned it.</param>
/// <param name="ReturnDueAt">Until when the agency had to.</param>
/// <param name="Tell">Until when the one-stop section has to tell the person.</param>
/// <param name="ToldAt">When the person was told: the supplement was asked for.</param>
internal sealed record Correction(
    IReadOnlyList<SupplementItem> Items,
    string LegalBasis,
    DateTimeOffset At,
    string By,
    DateTimeOffset ReturnDueAt,
    Deadline Tell,
    DateTimeOffset? ToldAt = null
)
{
    public bool IsLate => At > ReturnDueAt;
}

/// <content>What an agency finds missing, and the leave to ask once more.</content>
internal sealed partial class Dossier
{
    public SupplementApproval? SecondSupplement { get; private set; }

    [Personal]
    public Correction? Correction { get; private set; }

    /// <summary>The time in which the agency finds out whether it is eligible; null when it does not run (any more).</summary>
    public Deadline? Check { get; private set; }

    /// <summary>Whether the one-stop section has to tell the person what the agency found missing.</summary>
    public bool AwaitsTelling { get; private set; }

    /// <summary>Allows a second request because a special law does (Decree 118/2025, art. 11).</summary>
    public void ApproveSupplement(string law, string office, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.RequestSupplement);
        Require(Status != DossierStatus.Submitted, CorrectionErrors.NoneAtIntake);
        Require(Supplements.Count > 0, CorrectionErrors.NothingToApprove);
        SecondSupplement = new(law, office, by, now);
        Happened(new SupplementWasApproved(this, by, now));
    }

    /// <summary>Returns what is not eligible to the one-stop section with form 02, in the days that the law gives.</summary>
    public void ReturnToOneStop(
        IReadOnlyList<SupplementItem> items,
        string legalBasis,
        ProcedureContent content,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.ReturnToOneStop);
        Require(!AwaitsTelling, CorrectionErrors.ReturnedAlready);
        content.CheckAskedFor(items);
        var due = (Check ?? CheckOf(CheckedSince(), calendar, law)).DueAt;
        Correction = new(items, legalBasis, now, by, due, Deadline.Start(now, law.Term(LawInForce.CorrectionTell, FieldCode), calendar));
        (AwaitsTelling, Check) = (true, null);
        Happened(new DossierWasReturnedToOneStop(this, by, now));
    }

    // An agency that takes over has the days that the law gives to find out whether the dossier is eligible.
    private Deadline CheckOf(DateTimeOffset since, WorkingCalendar calendar, LawInForce law) =>
        Deadline.Start(since, law.Term(LawInForce.CorrectionReturn, FieldCode), calendar);

    private DateTimeOffset CheckedSince() =>
        Turns is [.., { From: var from }] ? from : Steps.FirstOrDefault(s => s.Number == 2)?.StartedAt ?? ReceivedAt;

    // A second request rests on the approval of somebody else, which is used up by it.
    private SpecialGround TakeApproval(string by)
    {
        if (SecondSupplement is not { IsUsed: false } approval)
            throw new BusinessRuleException(CorrectionErrors.Unapproved);
        Require(approval.By != by, CorrectionErrors.SameHand);
        SecondSupplement = approval with { IsUsed = true };
        return new(approval.Law, approval.Office);
    }

    private void PersonWasTold(DateTimeOffset now)
    {
        if (!AwaitsTelling)
            return;
        AwaitsTelling = false;
        Correction = Correction! with { ToldAt = now };
    }
}

internal sealed record SupplementWasApproved(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "supplementApproved";

    public string Detail => Dossier.SecondSupplement!.Law is { Length: <= 300 } law ? law : Dossier.SecondSupplement.Law[..300];
}

internal sealed record DossierWasReturnedToOneStop(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "returnedToOneStop";

    public string Detail =>
        $"{string.Join(", ", Dossier.Correction!.Items.Select(i => i.Code).Take(5))}{(Dossier.Correction.IsLate ? "; late" : "")}";
}

internal static class CorrectionErrors
{
    public static readonly Error NothingToApprove = new(
        "dossiers.supplement-not-asked",
        ErrorKind.WrongState,
        "Chưa yêu cầu bổ sung lần nào; lần đầu không cần phê duyệt.",
        "No supplement has been asked for yet; the first time needs no approval."
    );

    public static readonly Error NoneAtIntake = new(
        "dossiers.supplement-once-at-intake",
        ErrorKind.WrongState,
        "Khi chưa tiếp nhận chỉ được yêu cầu bổ sung một lần; sau đó tiếp nhận hoặc từ chối.",
        "Before acceptance a supplement is asked for once; then the submission is accepted or refused."
    );

    public static readonly Error Unapproved = new(
        "dossiers.supplement-unapproved",
        ErrorKind.RuleBroken,
        "Yêu cầu bổ sung lần nữa phải được lãnh đạo phê duyệt trước trong hệ thống.",
        "A leader has to approve a second request in the system first."
    );

    public static readonly Error SameHand = new(
        "dossiers.supplement-same-hand",
        ErrorKind.RuleBroken,
        "Người yêu cầu bổ sung không được đồng thời là người phê duyệt.",
        "Whoever asks cannot be the one who approved it."
    );

    public static readonly Error ReturnedAlready = new(
        "dossiers.returned-to-one-stop-already",
        ErrorKind.WrongState,
        "Hồ sơ đã được trả về Bộ phận Một cửa và chưa thông báo cho người nộp.",
        "The dossier has been returned to the one-stop section, and the person has not been told yet."
    );
}
