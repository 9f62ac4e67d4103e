using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>The answer to feedback.</summary>
/// <param name="Answer" example="Trung tâm đã bố trí thêm quầy vào sáng thứ Hai.">The words.</param>
internal sealed record FeedbackReply(string Answer);

internal sealed record AnswerFeedback(Guid Id, uint Seen, FeedbackReply Said) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class AnswerFeedbackValidator : AbstractValidator<AnswerFeedback>
{
    public AnswerFeedbackValidator()
    {
        RuleFor(c => c.Said.Answer).NotEmpty().MaximumLength(4000).OverridePropertyName("answer");
    }
}

internal sealed class AnswerFeedbackHandler(
    IRepository<Feedback> feedback,
    CentreCalendars centres,
    ILaw laws,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AnswerFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(AnswerFeedback request, CancellationToken ct)
    {
        var matter = await feedback.Get(new FeedbackWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var centre = await centres.Find(matter.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre);
        matter.Reply(request.Said.Answer, centre.Calendar, await laws.On(now.LocalDay(), ct), user.Caller.Subject, now);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(matter, now), matter.Version);
    }
}

internal sealed class AnswerFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/feedback/{id}/answer", Handle).Requires(DossiersPermissions.AnswerFeedback);

    /// <summary>Answer feedback</summary>
    /// <remarks>Answers feedback, also when its sender was asked and does not say more, tells the sender, and starts the time within which the answer is to be published.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(
        Guid id,
        FeedbackReply said,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new AnswerFeedback(id, ifMatch.Version, said), ct));
}
