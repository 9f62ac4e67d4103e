using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features;

/// <summary>What the workflow says about asking others: who is asked when a step begins, and that a step waits for them.</summary>
internal sealed class StepConsultations(IRepository<AgencyConsultation> consultations, PinnedProcedures procedures)
{
    /// <summary>Hours of a consultation that nothing else is said about: five days.</summary>
    public const decimal Usual = 40m;

    private const string ByWorkflow = "Đề nghị cho ý kiến phối hợp theo quy trình nội bộ.";

    public static IReadOnlyList<Consultation> InHand(ProcedureContent content, Dossier dossier) =>
        dossier.CurrentStep is { } current && current <= content.Steps.Count ? content.Steps[current - 1].Consultations ?? [] : [];

    /// <summary>Asks the agencies that the workflow names for the step that has just begun.</summary>
    public async Task Begin(Dossier dossier, WorkingCalendar calendar, string by, DateTimeOffset now, CancellationToken ct)
    {
        // What another system received follows no workflow of ours.
        if (dossier.CurrentStep is null)
            return;
        Ask(dossier, InHand(await procedures.ContentOf(dossier, ct), dossier), calendar, by, now);
    }

    /// <summary>Asks the agencies that another version names for the step in hand, but for those that were asked before.</summary>
    public async Task BeginUnder(
        ProcedureContent content,
        Dossier dossier,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        // What was received is asked about when the work begins.
        if (dossier.Status == DossierStatus.Received || InHand(content, dossier) is not { Count: > 0 } planned)
            return;
        var asked = (await consultations.List(new AskedAbout(dossier.Id), ct)).Select(c => c.AgencyCode).ToHashSet();
        var wanted = planned.Where(p => p.AgencyCode is { } agency && !asked.Contains(agency)).ToList();
        if (wanted.Count > 0 && dossier.Status != DossierStatus.InProcess)
            throw new BusinessRuleException(ConsultationErrors.NobodyAskedYet.With(string.Join(", ", wanted.Select(w => w.AgencyCode))));
        Ask(dossier, wanted, calendar, by, now);
    }

    private void Ask(Dossier dossier, IEnumerable<Consultation> planned, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        foreach (var (agency, hours) in planned.Select(p => (p.AgencyCode, p.Hours)))
            if (agency is not null && agency != dossier.HandlingAgency)
                consultations.Add(AgencyConsultation.Ask(dossier, agency, ByWorkflow, hours, calendar, by, now));
    }

    /// <summary>Refuses to go on while an answer is awaited.</summary>
    /// <exception cref="BusinessRuleException">It is.</exception>
    public async Task RefuseWhileAwaited(DossierId dossier, DateTimeOffset now, CancellationToken ct)
    {
        if (await consultations.First(new AwaitedFor(dossier, now), ct) is { } awaited)
            throw new BusinessRuleException(ConsultationErrors.Awaited.With(awaited.AgencyCode, LifeCycle.Written(awaited.DueAt)));
    }
}
