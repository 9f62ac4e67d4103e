using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetAgency(string Code) : IQuery<Versioned<AgencyView>>;

internal sealed class GetAgencyHandler(DossiersDbContext db) : IRequestHandler<GetAgency, Versioned<AgencyView>>
{
    public async Task<Versioned<AgencyView>> Handle(GetAgency request, CancellationToken ct)
    {
        var agency =
            await db.Agencies.AsNoTracking().FirstOrDefaultAsync(a => a.Code == request.Code, ct) ?? throw new NotFoundException("agency");
        return new(AgencyView.Of(agency), agency.Version);
    }
}

internal sealed class GetAgencyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agencies/{code}", Handle).AllowsAnonymous();

    /// <summary>Read an agency</summary>
    /// <remarks>Gives an agency with the days between which it acts, the resolutions on it and its successor.</remarks>
    /// <param name="code">Code of the agency.</param>
    private static async Task<ItemAnswer<AgencyView>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetAgency(code), ct));
}
