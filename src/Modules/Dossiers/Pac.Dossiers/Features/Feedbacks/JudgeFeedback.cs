using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>Whether the sender is content with the answer.</summary>
/// <param name="Key" example="abcdefghijklmnopqrstuv">The key that came with the code.</param>
/// <param name="Satisfied">Whether it contents the sender.</param>
internal sealed record FeedbackJudgement(string Key, bool Satisfied);

internal sealed record JudgeFeedback(string Code, FeedbackJudgement Said) : ICommand<FollowedFeedbackView>;

internal sealed class JudgeFeedbackValidator : AbstractValidator<JudgeFeedback>
{
    public JudgeFeedbackValidator()
    {
        RuleFor(c => c.Said.Key).NotEmpty().MaximumLength(60).OverridePropertyName("key");
    }
}

internal sealed class JudgeFeedbackHandler(IFeedbackBox box, IHolderKeys keys, TimeProvider clock)
    : IRequestHandler<JudgeFeedback, FollowedFeedbackView>
{
    public async Task<FollowedFeedbackView> Handle(JudgeFeedback request, CancellationToken ct)
    {
        if (
            await box.WithCode(request.Code, ct) is not { ErasedAt: null } matter
            || !keys.Same(await keys.Of(matter.Id, ct), request.Said.Key)
        )
            throw new NotFoundException("feedback");
        matter.Judge(request.Said.Satisfied, clock.GetUtcNow());
        await box.Save(ct);
        return FollowedFeedbackView.Of(matter);
    }
}

internal sealed class JudgeFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/public-feedback/{code}/judgement", Handle).AllowsAnonymous();

    /// <summary>Judge the answer to feedback</summary>
    /// <remarks>Notes once whether the sender is content with the answer; it counts in the quality index.</remarks>
    /// <param name="code">Code of the feedback.</param>
    private static async Task<ValueAnswer<FollowedFeedbackView>> Handle(
        string code,
        FeedbackJudgement said,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new JudgeFeedback(code, said), ct));
}
