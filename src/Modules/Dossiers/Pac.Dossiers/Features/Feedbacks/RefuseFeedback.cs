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

/// <summary>Why feedback is not taken up.</summary>
/// <param name="Reason" example="Nội dung không thuộc phạm vi phản ánh, kiến nghị">The reason.</param>
/// <param name="LegalBasis" example="Nghị định 20/2008/NĐ-CP, điều 4">The law it rests on.</param>
internal sealed record FeedbackRefusal(string Reason, string LegalBasis);

internal sealed record RefuseFeedback(Guid Id, uint Seen, FeedbackRefusal Said) : ICommand<Versioned<FeedbackDetailsView>>;

internal sealed class RefuseFeedbackValidator : AbstractValidator<RefuseFeedback>
{
    public RefuseFeedbackValidator()
    {
        RuleFor(c => c.Said.Reason).NotEmpty().MaximumLength(2000).OverridePropertyName("reason");
        RuleFor(c => c.Said.LegalBasis).NotEmpty().MaximumLength(300).OverridePropertyName("legalBasis");
    }
}

internal sealed class RefuseFeedbackHandler(IRepository<Feedback> feedback, CentreCalendars centres, CurrentUser user, TimeProvider clock)
    : IRequestHandler<RefuseFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(RefuseFeedback request, CancellationToken ct)
    {
        var matter = await feedback.Get(new FeedbackWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var centre = await centres.Find(matter.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre);
        matter.Refuse(request.Said.Reason, request.Said.LegalBasis, centre.Calendar, user.Caller.Subject, now);
        await feedback.Save(ct);
        return new(FeedbackDetailsView.Of(matter, now), matter.Version);
    }
}

internal sealed class RefuseFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/feedback/{id}/refuse", Handle).Requires(DossiersPermissions.HandleFeedback);

    /// <summary>Refuse feedback</summary>
    /// <remarks>Does not take feedback up, with the reason and the law, also when its sender was asked and does not say more; after its time it is marked as late.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(
        Guid id,
        FeedbackRefusal said,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RefuseFeedback(id, ifMatch.Version, said), ct));
}
