using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>One step of the internal workflow (quy trình nội bộ) of a dossier, with the record of its hand-over (form 06).</summary>
/// <param name="Number">Place in the workflow, from 1.</param>
/// <param name="Role">Who works on it.</param>
/// <param name="AllottedHours">Working hours allotted; the sum of the steps does not replace the legal term.</param>
/// <param name="StartedAt">When it was taken over; null while it has not begun.</param>
/// <param name="DueAt">When its hours are used up; null while it has not begun.</param>
/// <param name="CompletedAt">When it was handed over.</param>
/// <param name="GivenBy">Subject who handed it over.</param>
/// <param name="Result">How the hand-over lies to the allotted hours.</param>
/// <param name="Note">Remark on the slip.</param>
internal sealed record DossierStep(
    int Number,
    string Role,
    decimal AllottedHours,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? DueAt = null,
    DateTimeOffset? CompletedAt = null,
    string? GivenBy = null,
    Timeliness? Result = null,
    string? Note = null
)
{
    public DossierStep Start(DateTimeOffset now, WorkingCalendar calendar) =>
        this with
        {
            StartedAt = now,
            DueAt = calendar.DueAt(now, new(AllottedHours, TermUnit.WorkingHour), DuePolicy.SameClockTime),
        };

    /// <summary>The step by a newer calendar, or after its clock stood still.</summary>
    public DossierStep Under(WorkingCalendar calendar, ReadOnlySpan<Suspension> stops) =>
        this with
        {
            DueAt = calendar.DueAt(StartedAt!.Value, new(AllottedHours, TermUnit.WorkingHour), DuePolicy.SameClockTime, stops),
        };

    public DossierStep Complete(DateTimeOffset now, string givenBy, string? note) =>
        this with
        {
            CompletedAt = now,
            GivenBy = givenBy,
            Result = DossierClock.Judge(now, DueAt),
            Note = note,
        };
}
