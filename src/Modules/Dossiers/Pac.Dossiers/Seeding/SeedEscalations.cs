using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>Rules of escalation to begin with; the operator sets others.</summary>
internal sealed class SeedEscalations(DossiersDbContext db) : ISeed
{
    private const string Basis = "Quy chế hoạt động của Trung tâm Phục vụ hành chính công (mẫu, cần xác nhận)";
    private static readonly DateOnly InForce = new(2025, 7, 1);

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        var known = await db.EscalationRules.Select(r => r.Code).Distinct().ToListAsync(ct);
        EscalationRule[] rules =
        [
            Of("due.share", WatchedTermKind.Due, 1, EscalationTiming.ShareUsed, 75, EscalationTo.Officer),
            Of("due.warning", WatchedTermKind.Due, 2, EscalationTiming.HoursBefore, 8, EscalationTo.Unit),
            Of("due.breach", WatchedTermKind.Due, 3, EscalationTiming.AtBreach, 0, EscalationTo.Centre),
            Of("due.repeat", WatchedTermKind.Due, 4, EscalationTiming.EveryHoursAfter, 8, EscalationTo.Centre),
            Of("intake.warning", WatchedTermKind.Intake, 1, EscalationTiming.HoursBefore, 2, EscalationTo.Unit),
            Of("intake.breach", WatchedTermKind.Intake, 2, EscalationTiming.AtBreach, 0, EscalationTo.Centre),
            Of("display.breach", WatchedTermKind.Display, 1, EscalationTiming.AtBreach, 0, EscalationTo.Centre),
            Of("step.breach", WatchedTermKind.Step, 1, EscalationTiming.AtBreach, 0, EscalationTo.Officer),
            Of("correction.breach", WatchedTermKind.Correction, 1, EscalationTiming.AtBreach, 0, EscalationTo.Centre),
            Of("hand-out.breach", WatchedTermKind.HandOut, 1, EscalationTiming.AtBreach, 0, EscalationTo.Centre),
            Of("check.warning", WatchedTermKind.Check, 1, EscalationTiming.HoursBefore, 4, EscalationTo.Officer),
            Of("check.breach", WatchedTermKind.Check, 2, EscalationTiming.AtBreach, 0, EscalationTo.Unit),
            Of("consultation.warning", WatchedTermKind.Consultation, 1, EscalationTiming.HoursBefore, 4, EscalationTo.AskedAgency),
            Of("consultation.breach", WatchedTermKind.Consultation, 2, EscalationTiming.AtBreach, 0, EscalationTo.AskedAgency),
            Of("withdrawal.asked", WatchedTermKind.Withdrawal, 1, EscalationTiming.AtBreach, 0, EscalationTo.Officer),
            Of("withdrawal.waiting", WatchedTermKind.Withdrawal, 2, EscalationTiming.EveryHoursAfter, 4, EscalationTo.Unit),
            Of("consultation.missing", WatchedTermKind.Consultation, 3, EscalationTiming.AtBreach, 0, EscalationTo.Officer),
        ];
        db.EscalationRules.AddRange(rules.Where(r => !known.Contains(r.Code)));
        await db.SaveChangesAsync(ct);
    }

    private static EscalationRule Of(
        string code,
        WatchedTermKind term,
        int level,
        EscalationTiming timing,
        decimal value,
        EscalationTo to
    ) => new(code, InForce, term, level, timing, value, to, Basis);
}
