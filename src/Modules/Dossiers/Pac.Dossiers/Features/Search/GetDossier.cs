using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record GetDossier(Guid Id) : IQuery<Versioned<DossierView>>;

internal sealed class GetDossierHandler(DossiersDbContext db) : IRequestHandler<GetDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(GetDossier request, CancellationToken ct)
    {
        var dossier = await db.FindVisible(new DossierId(request.Id)) ?? throw new NotFoundException("dossier");
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class GetDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read a dossier</summary>
    /// <remarks>Gives one dossier that the caller may see; what identifies the person is masked.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetDossier(id), ct));
}
