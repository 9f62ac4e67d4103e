using Pac.Dossiers.Domain.Figures;

namespace Pac.Dossiers.Domain;

/// <content>What is left of a dossier when its personal data have to go (Law 91/2025/QH15).</content>
internal sealed partial class Dossier
{
    /// <summary>When its personal data were erased.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>Notes that it is kept whatever its rule says.</summary>
    public void Keep() => Touch();

    /// <summary>
    /// Takes out who applied and every word that may tell it. What figures and their proof are made of stays: codes, instants, clock, outcome,
    /// and of the cause of lateness the hash, which the proof shows as it did before.
    /// </summary>
    public void Erase(DateTimeOffset now)
    {
        Applicant = Applicant.Of(Applicant.Kind, "", null, null, null, null);
        (Parties, PersonGroup, GroupEvidence, ReturnedTo, Wish, ErasedAt) = (null, null, null, null, null, now);
        (ReturnAuthorisation, ReturnConsignment) = (null, null);
        SpecialApproval = SpecialApproval is { } leave ? leave with { Reason = "" } : null;
        (LateCauseHash, LateCause) = (CauseHash.Of(LateCause) ?? LateCauseHash, null);
        Supplements = [.. Supplements.Select(s => s with { Items = [.. s.Items.Select(i => i with { Reason = "" })] })];
        Payments = [.. Payments.Select(p => p with { Notice = "", Lines = WithoutReasons(p.Lines) })];
        Refunds = [.. Refunds.Select(r => r with { Reason = "", Note = null, Lines = WithoutReasons(r.Lines)! })];
        Reliefs = [.. Reliefs.Select(r => r with { Reason = "", Evidence = "" })];
        Steps = [.. Steps.Select(s => s with { Note = null })];
        Turns = [.. Turns.Select(t => t with { Reason = null })];
        if (Extension is { } extension)
            Extension = extension with { Reason = "" };
        if (Withdrawal is { } withdrawal)
            Withdrawal = withdrawal with { Reason = null, Decision = withdrawal.Decision is null ? null : "" };
        if (Closing is { } closing)
            Closing = closing with { Reason = "" };
        if (Correction is { } correction)
            Correction = correction with { Items = [.. correction.Items.Select(i => i with { Reason = "" })] };
        DuplicateVerdicts = DuplicateVerdicts is null ? null : [.. DuplicateVerdicts.Select(v => v with { Reason = "" })];
        if (Result is { } document)
            Result = document with { Reason = document.Reason is null ? null : "", Files = null };
        Touch();
    }

    private static IReadOnlyList<PaymentLine>? WithoutReasons(IReadOnlyList<PaymentLine>? lines) =>
        lines is null ? null : [.. lines.Select(l => l.WithoutReason())];
}
