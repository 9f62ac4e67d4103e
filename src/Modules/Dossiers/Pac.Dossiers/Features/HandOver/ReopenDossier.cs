using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.HandOver;

/// <summary>Why a finished dossier is opened again.</summary>
/// <param name="Reason">Why, with the law.</param>
internal sealed record Reopening(string Reason);

internal sealed record ReopenDossier(Guid Id, uint Seen, Reopening Reopening) : ICommand<Versioned<DossierView>>;

internal sealed class ReopenDossierValidator : AbstractValidator<ReopenDossier>
{
    public ReopenDossierValidator() => RuleFor(c => c.Reopening).SetValidator(new ReopeningValidator()).OverridePropertyName("");
}

internal sealed class ReopeningValidator : AbstractValidator<Reopening>
{
    public ReopeningValidator()
    {
        RuleFor(r => r.Reason).NotEmpty().MaximumLength(500);
    }
}

internal sealed class ReopenDossierHandler(IRepository<Dossier> dossiers, CentreCalendars centres, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ReopenDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ReopenDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var centre = await centres.Get(dossier, 0, ct);
        dossier.Reopen(request.Reopening.Reason, centre.Calendar, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ReopenDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/reopen", Handle).Requires(DossiersPermissions.Reopen);

    /// <summary>Reopen a dossier</summary>
    /// <remarks>Opens a finished dossier again by special right, which somebody else has approved. The time in which it was closed does not count, and figures follow.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Reopening reopening,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ReopenDossier(id, ifMatch.Version, reopening), ct));
}
