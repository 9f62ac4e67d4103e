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

    public static IReadOnlyList<Consultation> InHand(ProcedureContent content, Dossier dossier) =>
        dossier.CurrentStep is { } current && current <= content.Steps.Count ? content.Steps[current - 1].Consultations ?? [] : [];

    /// <summary>Asks the agencies that the workflow names for the step that has just begun.</summary>
    public async Task Begin(Dossier dossier, WorkingCalendar calendar, string by, DateTimeOffset now, CancellationToken ct)
    {
        // What another system received follows no workflow of ours.
        if (dossier.CurrentStep is null)
            return;
        foreach (var planned in InHand(await procedures.ContentOf(dossier, ct), dossier))
            if (planned.AgencyCode is { } agency && agency != dossier.HandlingAgency)
                consultations.Add(
                    AgencyConsultation.Ask(
                        dossier,
                        agency,
                        "Đề nghị cho ý kiến phối hợp theo quy trình nội bộ.",
                        planned.Hours,
                        calendar,
                        by,
                        now
                    )
                );
    }

    /// <summary>Refuses to go on while an answer is awaited.</summary>
    /// <exception cref="BusinessRuleException">It is.</exception>
    public async Task RefuseWhileAwaited(DossierId dossier, DateTimeOffset now, CancellationToken ct)
    {
        if (await consultations.First(new AwaitedFor(dossier, now), ct) is { } awaited)
            throw new BusinessRuleException(ConsultationErrors.Awaited.With(awaited.AgencyCode, LifeCycle.Written(awaited.DueAt)));
    }
}
