using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Handling;

/// <summary>Why nobody is to be in charge.</summary>
/// <param name="Reason" example="Nghỉ phép">Why; no personal data.</param>
internal sealed record ReleaseReason(string? Reason = null);

internal sealed record ReleaseDossier(Guid Id, uint Seen, ReleaseReason Why) : ICommand<Versioned<DossierView>>;

internal sealed class ReleaseDossierValidator : AbstractValidator<ReleaseDossier>
{
    public ReleaseDossierValidator() => RuleFor(c => c.Why.Reason).MaximumLength(150).OverridePropertyName("reason");
}

internal sealed class ReleaseDossierHandler(IRepository<Dossier> dossiers, IOfficers officers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ReleaseDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ReleaseDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        officers.DemandStage(dossier);
        dossier.Release(request.Why.Reason, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ReleaseDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/release", Handle).Requires(DossiersPermissions.Assign);

    /// <summary>Release a dossier</summary>
    /// <remarks>Takes the officer out of charge; the dossier waits in the queue of its unit until somebody takes it or is assigned.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        ReleaseReason why,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ReleaseDossier(id, ifMatch.Version, why), ct));
}
