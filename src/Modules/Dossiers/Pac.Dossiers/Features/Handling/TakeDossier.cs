using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Handling;

internal sealed record TakeDossier(Guid Id) : ICommand<Versioned<DossierView>>;

internal sealed class TakeDossierHandler(
    IRepository<Dossier> dossiers,
    IDossierHold hold,
    IOfficers officers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<TakeDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(TakeDossier request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        // Of two who take it at once, the second waits here and then sees who has it.
        await hold.Hold([id], ct);
        var dossier = await dossiers.Get(new DossierWithId(id), ct);
        officers.DemandStage(dossier, orOversees: false);
        dossier.Take(user.Caller.Subject, user.Scope, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class TakeDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/take", Handle).Requires(DossiersPermissions.Assign);

    /// <summary>Take a dossier</summary>
    /// <remarks>Puts the caller in charge of a dossier that nobody has yet: before the hand-over somebody who receives, afterwards somebody of the agency. Of two who take it at once the first has it; the other is told who that is.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new TakeDossier(id), ct));
}
