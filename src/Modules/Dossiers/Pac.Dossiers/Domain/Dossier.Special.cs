using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>What a leader has to approve before somebody else does it.</summary>
internal enum SpecialAct
{
    /// <summary>To open a finished dossier again.</summary>
    Reopen,

    /// <summary>To let an open dossier follow another version of its procedure.</summary>
    MoveToVersion,
}

/// <summary>That a leader, who is not the one who does it, approves an act out of the ordinary.</summary>
/// <param name="Act">Which act.</param>
/// <param name="Reason">Why.</param>
/// <param name="Office">Who approves, by office.</param>
/// <param name="By">Subject who approves.</param>
/// <param name="At">When.</param>
/// <param name="Version">The version that the dossier may follow.</param>
/// <param name="VariantCode">The variant that it may follow.</param>
/// <param name="IsUsed">Whether it has been done.</param>
internal sealed record SpecialApproval(
    SpecialAct Act,
    string Reason,
    string Office,
    string By,
    DateTimeOffset At,
    int? Version = null,
    string? VariantCode = null,
    bool IsUsed = false
);

/// <content>What one person alone cannot do.</content>
internal sealed partial class Dossier
{
    /// <summary>The last approval of an act out of the ordinary; null while there was none.</summary>
    [Personal]
    public SpecialApproval? SpecialApproval { get; private set; }

    /// <summary>Approves that a finished dossier is opened again; somebody else does it.</summary>
    public void ApproveReopening(string reason, string office, string by, DateTimeOffset now)
    {
        DemandReopenable();
        Approve(new(SpecialAct.Reopen, reason, office, by, now));
    }

    /// <summary>Approves that an open dossier follows another version or variant; somebody else does it.</summary>
    public void ApproveVersionMove(
        ProcedureVersion version,
        string? variantCode,
        string reason,
        string office,
        string by,
        DateTimeOffset now
    )
    {
        DemandMovable(version, variantCode, now);
        Approve(new(SpecialAct.MoveToVersion, reason, office, by, now, version.Number, variantCode));
    }

    private void Approve(SpecialApproval approval)
    {
        SpecialApproval = approval;
        Happened(new SpecialActWasApproved(this, approval, approval.By, approval.At));
    }

    // The act rests on the approval of somebody else, which is used up by it.
    private SpecialApproval TakeApproval(SpecialAct act, string by, int? version = null, string? variantCode = null)
    {
        if (
            SpecialApproval is not { IsUsed: false } approval
            || (approval.Act, approval.Version, approval.VariantCode) != (act, version, variantCode)
        )
            throw new BusinessRuleException(SpecialErrors.Unapproved);
        Require(approval.By != by, SpecialErrors.SameHand);
        return SpecialApproval = approval with { IsUsed = true };
    }
}

internal sealed record SpecialActWasApproved(Dossier Dossier, SpecialApproval Approval, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "specialActApproved";

    public string Detail
    {
        get
        {
            var what =
                Approval.Act == SpecialAct.Reopen
                    ? LifeCycle.Reopen
                    : string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"move-to-version {Approval.Version}{(Approval.VariantCode is { } v ? " " + v : "")}"
                    );
            return $"{what}; {Approval.Office}: {Approval.Reason}";
        }
    }
}

internal static class SpecialErrors
{
    public static readonly Error Unapproved = new(
        "dossiers.special-act-unapproved",
        ErrorKind.RuleBroken,
        "Việc này phải được lãnh đạo phê duyệt trước trong hệ thống; phê duyệt chỉ dùng một lần và cho đúng việc đã nêu.",
        "A leader has to approve this in the system first; an approval is for one time and for the very act it names."
    );

    public static readonly Error SameHand = new(
        "dossiers.special-act-same-hand",
        ErrorKind.RuleBroken,
        "Người thực hiện không được đồng thời là người phê duyệt.",
        "Whoever does it cannot be the one who approved it."
    );
}
