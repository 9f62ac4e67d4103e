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

/// <summary>Feedback and answer in words that do not tell who the sender is.</summary>
/// <param name="Text" example="Chờ ở quầy quá lâu vào sáng thứ Hai">The feedback.</param>
/// <param name="Answer" example="Trung tâm đã bố trí thêm quầy vào sáng thứ Hai.">The answer.</param>
internal sealed record FeedbackPublication(string Text, string Answer);

internal sealed record PublishFeedback(Guid Id, uint Seen, FeedbackPublication Said) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class PublishFeedbackValidator : AbstractValidator<PublishFeedback>
{
    public PublishFeedbackValidator()
    {
        RuleFor(c => c.Said.Text).NotEmpty().MaximumLength(4000).OverridePropertyName("text");
        RuleFor(c => c.Said.Answer).NotEmpty().MaximumLength(4000).OverridePropertyName("answer");
    }
}

internal sealed class PublishFeedbackHandler(IRepository<Feedback> feedback, CurrentUser user, TimeProvider clock)
    : IRequestHandler<PublishFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(PublishFeedback request, CancellationToken ct)
    {
        var matter = await feedback.Get(new FeedbackWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        matter.Publish(request.Said.Text, request.Said.Answer, user.Caller.Subject, now);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(matter, now), matter.Version);
    }
}

internal sealed class PublishFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/feedback/{id}/publish", Handle).Requires(DossiersPermissions.HandleFeedback);

    /// <summary>Publish feedback</summary>
    /// <remarks>Makes feedback and answer public; words with the name, telephone or address of the sender are refused.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(
        Guid id,
        FeedbackPublication said,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new PublishFeedback(id, ifMatch.Version, said), ct));
}
