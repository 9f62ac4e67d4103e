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

/// <summary>Many dossiers of which nobody is to be in charge.</summary>
/// <param name="DossierIds">The dossiers, at most 200.</param>
/// <param name="Reason" example="Nghỉ phép">Why; no personal data.</param>
internal sealed record BulkRelease(IReadOnlyList<Guid> DossierIds, string? Reason = null) : ICommand<BulkOutcome>;

internal sealed class BulkReleaseValidator : AbstractValidator<BulkRelease>
{
    public BulkReleaseValidator()
    {
        RuleFor(c => c.DossierIds).NotEmpty().MostItems(BulkActs.Most);
        RuleFor(c => c.Reason).MaximumLength(150);
    }
}

internal sealed class BulkReleaseHandler(
    BulkActs bulk,
    IRepository<Dossier> dossiers,
    IOfficers officers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<BulkRelease, BulkOutcome>
{
    public async Task<BulkOutcome> Handle(BulkRelease request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var outcome = await bulk.Do(
            request.DossierIds,
            d =>
            {
                officers.DemandStage(d);
                d.Release(request.Reason, user.Caller.Subject, now);
            },
            ct
        );
        await dossiers.Save(ct);
        return outcome;
    }
}

internal sealed class BulkReleaseEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/bulk-acts/release", Handle).Requires(DossiersPermissions.Assign);

    /// <summary>Release many dossiers</summary>
    /// <remarks>Takes the officers out of charge of up to 200 dossiers, which then wait in the queue of their unit. Each dossier is judged for itself and has its own outcome; one that is refused leaves the others as they are.</remarks>
    private static async Task<ValueAnswer<BulkOutcome>> Handle(BulkRelease command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
