using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>What the sender of feedback may know of it.</summary>
/// <param name="Code" example="PAKN-261124-9F3A01BC">Its code.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SubmittedAt">When it came.</param>
/// <param name="AnswerBy">Until when it is to be answered.</param>
/// <param name="Question">What is asked; answer with <c>supplement</c>.</param>
/// <param name="Reason">Why it is not taken up.</param>
/// <param name="LegalBasis">The law that rests on.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Satisfied">Whether the sender is content.</param>
internal sealed record FollowedFeedbackView(
    string Code,
    FeedbackState State,
    DateTimeOffset SubmittedAt,
    DateTimeOffset AnswerBy,
    string? Question,
    string? Reason,
    string? LegalBasis,
    string? Answer,
    bool? Satisfied
)
{
    public static FollowedFeedbackView Of(Feedback f) =>
        new(f.Code, f.State, f.SubmittedAt, f.Times.AnswerBy.DueAt, f.Question, f.Reason, f.LegalBasis, f.Answer, f.Satisfied);
}
