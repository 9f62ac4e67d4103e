using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>What the sender adds.</summary>
/// <param name="Key" example="abcdefghijklmnopqrstuv">The key that came with the code.</param>
/// <param name="Text" example="Quầy số 5, khoảng 8 giờ">The words.</param>
internal sealed record FeedbackSupplement(string Key, string Text);

internal sealed record SupplyFeedback(string Code, FeedbackSupplement Said) : ICommand<FollowedFeedbackView>;

internal sealed class SupplyFeedbackValidator : AbstractValidator<SupplyFeedback>
{
    public SupplyFeedbackValidator()
    {
        RuleFor(c => c.Said.Key).NotEmpty().MaximumLength(60).OverridePropertyName("key");
        RuleFor(c => c.Said.Text).NotEmpty().MaximumLength(4000).OverridePropertyName("text");
    }
}

internal sealed class SupplyFeedbackHandler(IFeedbackBox box, IHolderKeys keys, CentreCalendars centres, TimeProvider clock)
    : IRequestHandler<SupplyFeedback, FollowedFeedbackView>
{
    public async Task<FollowedFeedbackView> Handle(SupplyFeedback request, CancellationToken ct)
    {
        if (
            await box.WithCode(request.Code, ct) is not { ErasedAt: null } matter
            || !keys.Same(await keys.Of(matter.Id, ct), request.Said.Key)
        )
            throw new NotFoundException("feedback");
        var centre = await centres.Find(matter.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre);
        matter.Supply(request.Said.Text.Trim().Normalize(), centre.Calendar, "", clock.GetUtcNow());
        await box.Save(ct);
        return FollowedFeedbackView.Of(matter);
    }
}

internal sealed class SupplyFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/public-feedback/{code}/supplement", Handle).AllowsAnonymous();

    /// <summary>Add to feedback as its sender</summary>
    /// <remarks>Takes what was asked of the sender; the time for the answer goes on.</remarks>
    /// <param name="code">Code of the feedback.</param>
    private static async Task<ValueAnswer<FollowedFeedbackView>> Handle(
        string code,
        FeedbackSupplement said,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SupplyFeedback(code, said), ct));
}
