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

/// <summary>What more is to be known.</summary>
/// <param name="Question" example="Sự việc xảy ra ở quầy số mấy?">The question.</param>
internal sealed record FeedbackQuestion(string Question);

internal sealed record AskSender(Guid Id, uint Seen, FeedbackQuestion Said) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class AskSenderValidator : AbstractValidator<AskSender>
{
    public AskSenderValidator()
    {
        RuleFor(c => c.Said.Question).NotEmpty().MaximumLength(2000).OverridePropertyName("question");
    }
}

internal sealed class AskSenderHandler(IRepository<Feedback> feedback, CurrentUser user, TimeProvider clock)
    : IRequestHandler<AskSender, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(AskSender request, CancellationToken ct)
    {
        var matter = await feedback.Get(new FeedbackWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        matter.Ask(request.Said.Question, user.Caller.Subject, now);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(matter, now), matter.Version);
    }
}

internal sealed class AskSenderEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/feedback/{id}/ask", Handle).Requires(DossiersPermissions.HandleFeedback);

    /// <summary>Ask the sender of feedback</summary>
    /// <remarks>Asks the sender for more, once; the time for the answer stands still until then.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(
        Guid id,
        FeedbackQuestion said,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new AskSender(id, ifMatch.Version, said), ct));
}
