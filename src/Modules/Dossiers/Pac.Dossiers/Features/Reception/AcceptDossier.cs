using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Reception;

internal sealed record AcceptDossier(Guid Id, uint Seen) : ICommand<Versioned<DossierView>>;

internal sealed class AcceptDossierHandler(
    IRepository<Dossier> dossiers,
    PinnedProcedures procedures,
    IDossierNumbers numbers,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AcceptDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(AcceptDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var content = await procedures.ContentOf(dossier, ct);
        // The clock begins with the newest calendar; a change of it waits until this is saved.
        var centre = await centres.Get(dossier, await numbers.CalendarVersion(dossier.CalendarCode!, ct), ct);
        dossier.Accept(content, centre.Calendar, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class AcceptDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/accept", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Accept an online submission</summary>
    /// <remarks>Receives what was submitted online after the check of its components: the legal clock starts, the due instant is promised.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new AcceptDossier(id, ifMatch.Version), ct));
}
