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

/// <summary>Feedback that an officer takes down for somebody.</summary>
/// <param name="Matter">What it is about.</param>
/// <param name="Channel" example="counter">How it came.</param>
internal sealed record ReceiveFeedback(FeedbackInput Matter, FeedbackChannel Channel) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class ReceiveFeedbackValidator : AbstractValidator<ReceiveFeedback>
{
    public ReceiveFeedbackValidator()
    {
        RuleFor(c => c.Matter).NotNull().SetValidator(new FeedbackInputValidator());
        RuleFor(c => c.Channel).IsInEnum();
    }
}

internal sealed class ReceiveFeedbackHandler(IRepository<Feedback> feedback, FeedbackIntake intake, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ReceiveFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(ReceiveFeedback request, CancellationToken ct)
    {
        var taken = await intake.Take(request.Matter, request.Channel, user.Caller.Subject, ct);
        if (!new FeedbackVisibleIn(user.Scope).IsSatisfiedBy(taken))
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/matter/centreCode"));
        feedback.Add(taken);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(taken, clock.GetUtcNow()), taken.Version);
    }
}

internal sealed class ReceiveFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/feedback", Handle).Requires(DossiersPermissions.HandleFeedback);

    /// <summary>Take feedback down</summary>
    /// <remarks>Takes down feedback that came to a counter, by telephone or by letter, gives it a code and starts its times.</remarks>
    private static async Task<CreatedAnswer<FeedbackDetailsView>> Handle(ReceiveFeedback command, ISender sender, CancellationToken ct)
    {
        var taken = await sender.Send(command, ct);
        return new($"/api/v1/feedback/{taken.Item.Id}", taken);
    }
}
