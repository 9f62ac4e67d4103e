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

/// <summary>Who is to look into feedback.</summary>
/// <param name="AgencyCode" example="H15.09">The agency.</param>
/// <param name="Officer">Subject of the officer in charge.</param>
internal sealed record FeedbackAssignment(string AgencyCode, string? Officer = null);

internal sealed record AssignFeedback(Guid Id, uint Seen, FeedbackAssignment Said) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class AssignFeedbackValidator : AbstractValidator<AssignFeedback>
{
    public AssignFeedbackValidator()
    {
        RuleFor(c => c.Said.AgencyCode).NotEmpty().MaximumLength(40).OverridePropertyName("agencyCode");
        RuleFor(c => c.Said.Officer).NotEmpty().When(c => c.Said.Officer is not null).OverridePropertyName("officer");
        RuleFor(c => c.Said.Officer).MaximumLength(100).OverridePropertyName("officer");
    }
}

internal sealed class AssignFeedbackHandler(
    IRepository<Feedback> feedback,
    ICatalogue catalogue,
    IOfficers officers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AssignFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(AssignFeedback request, CancellationToken ct)
    {
        var matter = await feedback.Get(new FeedbackWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        await catalogue.MustAct(request.Said.AgencyCode, now.LocalDay(), FeedbackErrors.UnknownAgency, ct);
        if (request.Said.Officer is { } officer)
            await officers.Check(officer, matter, request.Said.AgencyCode, ct);
        matter.Assign(request.Said.AgencyCode, request.Said.Officer, user.Caller.Subject, now);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(matter, now), matter.Version);
    }
}

internal sealed class AssignFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/feedback/{id}/assign", Handle).Requires(DossiersPermissions.HandleFeedback);

    /// <summary>Assign feedback</summary>
    /// <remarks>Gives feedback into the hands of an agency, and of an officer when one is named, who has to hold the right to answer feedback there.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(
        Guid id,
        FeedbackAssignment said,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new AssignFeedback(id, ifMatch.Version, said), ct));
}
