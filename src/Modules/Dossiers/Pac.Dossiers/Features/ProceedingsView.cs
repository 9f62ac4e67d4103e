using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features;

/// <summary>What was asked, decided and promised on the way of a dossier.</summary>
/// <param name="Supplements">Requests to supplement.</param>
/// <param name="Extension">The apology with a new date.</param>
/// <param name="Withdrawal">The wish to withdraw and its answer.</param>
/// <param name="Closing">Why it was not accepted, or stopped.</param>
internal sealed record ProceedingsView(
    IReadOnlyList<SupplementView> Supplements,
    ExtensionView? Extension,
    WithdrawalView? Withdrawal,
    ClosingView? Closing
)
{
    public static ProceedingsView Of(IReadOnlyList<Supplement> supplements, Extension? e, Withdrawal? w, Closing? c) =>
        new(
            [.. supplements.Select(SupplementView.Of)],
            e is null ? null : new(e.Reason, e.Signer, e.At, e.OldDueAt, e.NewDueAt, e.NoticeUntil, e.IsLate),
            w is null ? null : new(w.RequestedAt, w.Channel, w.Reason, w.DecidedAt, w.Granted, w.Decision),
            c is null ? null : new(c.Reason, c.LegalBasis)
        );
}

/// <summary>A request to supplement (form 02).</summary>
/// <param name="RequestedAt">When it was asked.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="AtIntake">Whether it was asked before the dossier was received.</param>
/// <param name="AnswerUntil">Until when the person may answer.</param>
/// <param name="Items">What is asked for.</param>
/// <param name="SpecialLaw">The law that allows a second request.</param>
/// <param name="CompletedAt">When the answer was complete.</param>
/// <param name="ExpiredAt">When the time for the answer ran out.</param>
internal sealed record SupplementView(
    DateTimeOffset RequestedAt,
    string LegalBasis,
    bool AtIntake,
    DateTimeOffset AnswerUntil,
    IReadOnlyList<SupplementItemView> Items,
    string? SpecialLaw,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? ExpiredAt
)
{
    public static SupplementView Of(Supplement s) =>
        new(
            s.RequestedAt,
            s.LegalBasis,
            s.AtIntake,
            s.Answer.DueAt,
            [.. s.Items.Select(i => new SupplementItemView(i.Code, i.Reason, i.Verification))],
            s.Ground?.Law,
            s.CompletedAt,
            s.ExpiredAt
        );
}

/// <summary>A component that was asked for.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Reason">What was wrong with it or missing.</param>
/// <param name="Verification">Whether it was asked for to verify data that are digital already.</param>
internal sealed record SupplementItemView(string Code, string Reason, bool Verification);

/// <summary>The apology with a new date (form 04).</summary>
/// <param name="Reason">Why it takes longer.</param>
/// <param name="Signer">Head of the competent agency, by office.</param>
/// <param name="At">When it was given.</param>
/// <param name="OldDueAt">What was due before.</param>
/// <param name="NewDueAt">What is due since.</param>
/// <param name="NoticeUntil">Until when it should have been given.</param>
/// <param name="IsLate">Whether it was given later than that.</param>
internal sealed record ExtensionView(
    string Reason,
    string Signer,
    DateTimeOffset At,
    DateTimeOffset OldDueAt,
    DateTimeOffset NewDueAt,
    DateTimeOffset NoticeUntil,
    bool IsLate
);

/// <summary>The wish to withdraw and its answer.</summary>
/// <param name="RequestedAt">When it was noted.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Reason">Why, if the person said.</param>
/// <param name="DecidedAt">When it was decided on.</param>
/// <param name="Granted">Whether it was granted.</param>
/// <param name="Decision">The decision that stood in the way.</param>
internal sealed record WithdrawalView(
    DateTimeOffset RequestedAt,
    Channel Channel,
    string? Reason,
    DateTimeOffset? DecidedAt,
    bool? Granted,
    string? Decision
);

/// <summary>Why a dossier was not accepted, or stopped.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="LegalBasis">The law it rests on.</param>
internal sealed record ClosingView(string Reason, string LegalBasis);
