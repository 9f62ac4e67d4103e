using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Bulk;

/// <summary>The hand-over of many dossiers to another agency.</summary>
/// <param name="DossierIds">The dossiers, at most 200.</param>
/// <param name="AgencyCode">The agency that takes over.</param>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="ShareHours">Its share of the time, in working hours; the rest of the term when not given.</param>
/// <param name="LateCause">Why the share of the agency that hands over was not enough; needed where it is used up.</param>
internal sealed record BulkHandOver(
    IReadOnlyList<Guid> DossierIds,
    string AgencyCode,
    string Reason,
    decimal? ShareHours = null,
    string? LateCause = null
) : ICommand<BulkOutcome>;

internal sealed class BulkHandOverValidator : AbstractValidator<BulkHandOver>
{
    public BulkHandOverValidator()
    {
        RuleFor(c => c.DossierIds).NotEmpty().MostItems(BulkActs.Most);
        RuleFor(c => c.AgencyCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Reason).NotEmpty().MaximumLength(150);
        RuleFor(c => c.ShareHours).InclusiveBetween(0.5m, 10_000m);
        RuleFor(c => c.LateCause).MaximumLength(150);
    }
}

internal sealed class BulkHandOverHandler(
    BulkActs bulk,
    IRepository<Dossier> dossiers,
    ICatalogue catalogue,
    CentreCalendars centres,
    ILaw laws,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<BulkHandOver, BulkOutcome>
{
    public async Task<BulkOutcome> Handle(BulkHandOver request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await catalogue.MustAct(request.AgencyCode, now.LocalDay(), LifeCycleErrors.NoSuchAgency, ct);
        var calendars = await centres.All(ct);
        var law = await laws.On(now.LocalDay(), ct);
        var outcome = await bulk.Do(
            request.DossierIds,
            d =>
                d.HandOver(
                    request.AgencyCode,
                    request.ShareHours,
                    request.Reason,
                    request.LateCause,
                    calendars[d.CentreCode],
                    law,
                    user.Caller.Subject,
                    now
                ),
            ct
        );
        await dossiers.Save(ct);
        return outcome;
    }
}

internal sealed class BulkHandOverEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/bulk-acts/hand-over", Handle).Requires(DossiersPermissions.HandOver);

    /// <summary>Hand many dossiers over</summary>
    /// <remarks>Hands up to 200 dossiers over to another agency with its share of the time. Each dossier is judged for itself and has its own outcome; one that is refused leaves the others as they are.</remarks>
    private static async Task<ValueAnswer<BulkOutcome>> Handle(BulkHandOver command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
