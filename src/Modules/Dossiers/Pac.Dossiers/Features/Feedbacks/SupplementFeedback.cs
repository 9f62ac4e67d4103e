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

/// <summary>What the sender says when asked, at a counter, by telephone or by letter.</summary>
/// <param name="Text" example="Quầy số 5, khoảng 8 giờ">The words.</param>
internal sealed record FeedbackAddition(string Text);

internal sealed record SupplementFeedback(Guid Id, uint Seen, FeedbackAddition Said) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class SupplementFeedbackValidator : AbstractValidator<SupplementFeedback>
{
    public SupplementFeedbackValidator() => RuleFor(c => c.Said.Text).NotEmpty().MaximumLength(4000).OverridePropertyName("text");
}

internal sealed class SupplementFeedbackHandler(
    IRepository<Feedback> feedback,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<SupplementFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(SupplementFeedback request, CancellationToken ct)
    {
        var matter = await feedback.Get(new FeedbackWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var centre = await centres.Find(matter.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre);
        matter.Supply(request.Said.Text.Trim().Normalize(), centre.Calendar, user.Caller.Subject, now);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(matter, now), matter.Version);
    }
}

internal sealed class SupplementFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/feedback/{id}/supplement", Handle).Requires(DossiersPermissions.AnswerFeedback);

    /// <summary>Add to feedback for its sender</summary>
    /// <remarks>Takes down what the sender says when asked; the time for the answer goes on.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(
        Guid id,
        FeedbackAddition said,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SupplementFeedback(id, ifMatch.Version, said), ct));
}
