using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record DiscardProcedureDraft(string Code, uint Seen) : ICommand<Unit>;

internal sealed class DiscardProcedureDraftHandler(IRepository<ProcedureDraft> drafts, CurrentUser user)
    : IRequestHandler<DiscardProcedureDraft, Unit>
{
    public async Task<Unit> Handle(DiscardProcedureDraft request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        drafts.Remove(await drafts.Get(new DraftOfProcedure(request.Code), request.Seen, ct));
        await drafts.Save(ct);
        return default;
    }
}

internal sealed class DiscardProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/procedure-drafts/{code}", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Discard a draft of a procedure</summary>
    /// <remarks>Throws a draft away; published versions are not touched.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<EmptyAnswer> Handle(string code, IfMatch ifMatch, ISender sender, CancellationToken ct)
    {
        await sender.Send(new DiscardProcedureDraft(code, ifMatch.Version), ct);
        return new();
    }
}
