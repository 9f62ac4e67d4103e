using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>Feedback as officers see it; the sender is masked.</summary>
/// <param name="Id">Identifier of the feedback.</param>
/// <param name="Code" example="PAKN-261124-9F3A01BC">Code shown to people.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it came.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CentreCode">The centre it concerns.</param>
/// <param name="AgencyCode" example="H15.09">The agency that has it in hand.</param>
/// <param name="DossierId">The dossier it concerns.</param>
/// <param name="RepeatOf" example="PAKN-261101-77AB0102">Code of the earlier feedback that it repeats.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
/// <param name="SubmittedAt">When it came.</param>
/// <param name="RefuseBy">Until when it may be refused in time.</param>
/// <param name="AskBy">Until when more may be asked in time.</param>
/// <param name="AnswerBy">Until when it is to be answered; moved by the time in which the sender was asked.</param>
/// <param name="PublishBy">Until when the answer is to be published.</param>
/// <param name="DueAt">When the next thing is due; left out while the sender is asked, and when nothing more is to be done.</param>
/// <param name="Overdue">Whether that has passed.</param>
/// <param name="ClosedAt">When it was refused or answered.</param>
/// <param name="ClosedInTime">Whether that was within its time.</param>
/// <param name="PublishedAt">When feedback and answer were published.</param>
/// <param name="Satisfied">Whether the sender is content with the answer.</param>
/// <param name="SenderName" example="N***">First letter of the sender's name.</param>
/// <param name="SenderPhone" example="090****4567">Telephone with its middle hidden.</param>
internal sealed record FeedbackView(
    Guid Id,
    string Code,
    FeedbackKind Kind,
    FeedbackChannel Channel,
    FeedbackState State,
    string CentreCode,
    string? AgencyCode,
    Guid? DossierId,
    string? RepeatOf,
    string? AssignedTo,
    DateTimeOffset SubmittedAt,
    DateTimeOffset RefuseBy,
    DateTimeOffset AskBy,
    DateTimeOffset AnswerBy,
    DateTimeOffset? PublishBy,
    DateTimeOffset? DueAt,
    bool Overdue,
    DateTimeOffset? ClosedAt,
    bool? ClosedInTime,
    DateTimeOffset? PublishedAt,
    bool? Satisfied,
    string? SenderName,
    string? SenderPhone
)
{
    public static FeedbackView Of(Feedback f, DateTimeOffset now) =>
        new(
            f.Id.Value,
            f.Code,
            f.Kind,
            f.Channel,
            f.State,
            f.CentreCode,
            f.AgencyCode,
            f.DossierId?.Value,
            f.RepeatOf,
            f.AssignedTo,
            f.SubmittedAt,
            f.Times.RefuseBy.DueAt,
            f.Times.AskBy.DueAt,
            f.Times.AnswerBy.DueAt,
            f.Times.PublishBy?.DueAt,
            f.DueAt,
            f.IsOverdue(now),
            f.ClosedAt,
            f.ClosedInTime,
            f.PublishedAt,
            f.Satisfied,
            f.Sender.Name is { Length: > 0 } name ? name[..1] + "***" : null,
            Mask.Number(f.Sender.Phone)
        );
}

/// <summary>Feedback with its words and its history.</summary>
/// <param name="Id">Identifier of the feedback.</param>
/// <param name="Feedback">The feedback.</param>
/// <param name="Text" example="Chờ ở quầy quá lâu">What the sender wrote; empty once personal data were erased.</param>
/// <param name="Question">What was asked.</param>
/// <param name="More">What the sender added.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="LegalBasis">The law the refusal rests on.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Timeline">Every act, oldest first.</param>
internal sealed record FeedbackDetailsView(
    Guid Id,
    FeedbackView Feedback,
    string Text,
    string? Question,
    string? More,
    string? Reason,
    string? LegalBasis,
    string? Answer,
    IReadOnlyList<FeedbackLineView> Timeline
)
{
    public static FeedbackDetailsView Of(Feedback f, DateTimeOffset now) =>
        new(
            f.Id.Value,
            FeedbackView.Of(f, now),
            f.Text,
            f.Question,
            f.More,
            f.Reason,
            f.LegalBasis,
            f.Answer,
            [.. f.Entries.Select(e => new FeedbackLineView(e.At, e.Act, e.By.Length == 0 ? null : e.By, e.Detail))]
        );
}

/// <summary>One act on feedback.</summary>
/// <param name="At">When.</param>
/// <param name="Act" example="answered">Stable word of the act.</param>
/// <param name="By">Who acted; left out for the sender.</param>
/// <param name="Detail">What more there is to say; <c>late</c> for what came after its time.</param>
internal sealed record FeedbackLineView(DateTimeOffset At, string Act, string? By, string? Detail);
