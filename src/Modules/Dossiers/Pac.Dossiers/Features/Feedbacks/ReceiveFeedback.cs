using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>Feedback that an officer takes down for somebody.</summary>
/// <param name="Matter">What it is about.</param>
/// <param name="Channel" example="counter">How it came.</param>
internal sealed record ReceiveFeedback(FeedbackInput Matter, FeedbackChannel Channel) : ICommand<Versioned<TakenFeedback>>;

/// <summary>Feedback as it was taken down, with the key by which its sender follows it.</summary>
/// <param name="Id">Identifier of the feedback.</param>
/// <param name="Code" example="PAKN-261124-9F3A01BC">Its code.</param>
/// <param name="Key" example="abcdefghijklmnopqrstuv">The key by which only the sender follows it, to be handed to him; shown this once, and left out when the answer is repeated.</param>
/// <param name="Feedback">The feedback.</param>
/// <param name="Text" example="Chờ ở quầy quá lâu">What the sender said.</param>
/// <param name="Timeline">Every act, oldest first.</param>
internal sealed record TakenFeedback(
    Guid Id,
    string Code,
    [property: JsonConverter(typeof(ShownOnce))] string? Key,
    FeedbackView Feedback,
    string Text,
    IReadOnlyList<FeedbackLineView> Timeline
)
{
    public static TakenFeedback Of(Feedback f, string key, DateTimeOffset now)
    {
        var view = FeedbackDetailsView.Of(f, now);
        return new(view.Id, f.Code, key, view.Feedback, view.Text, view.Timeline);
    }
}

internal sealed class ReceiveFeedbackValidator : AbstractValidator<ReceiveFeedback>
{
    public ReceiveFeedbackValidator()
    {
        RuleFor(c => c.Matter).NotNull().SetValidator(new FeedbackInputValidator());
        RuleFor(c => c.Channel).IsInEnum();
    }
}

internal sealed class ReceiveFeedbackHandler(
    IRepository<Feedback> feedback,
    FeedbackIntake intake,
    IHolderKeys keys,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReceiveFeedback, Versioned<TakenFeedback>>
{
    public async Task<Versioned<TakenFeedback>> Handle(ReceiveFeedback request, CancellationToken ct)
    {
        var taken = await intake.Take(request.Matter, request.Channel, user.Caller.Subject, ct);
        if (!new FeedbackVisibleIn(user.Scope).IsSatisfiedBy(taken))
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/matter/centreCode"));
        feedback.Add(taken);
        await feedback.Save(ct);
        return new(TakenFeedback.Of(taken, await keys.Of(taken.Id, ct), clock.GetUtcNow()), taken.Version);
    }
}

internal sealed class ReceiveFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/feedback", Handle).Requires(DossiersPermissions.TakeFeedback);

    /// <summary>Take feedback down</summary>
    /// <remarks>Takes down feedback that came to a counter, by telephone or by letter, gives the code and the key by which the sender follows it, and starts its times.</remarks>
    private static async Task<CreatedAnswer<TakenFeedback>> Handle(ReceiveFeedback command, ISender sender, CancellationToken ct)
    {
        var taken = await sender.Send(command, ct);
        return new($"/api/v1/feedback/{taken.Item.Id}", taken);
    }
}
