using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetLegalBasis(string Id) : IQuery<Versioned<LegalBasisView>>;

internal sealed class GetLegalBasisHandler(DossiersDbContext db) : IRequestHandler<GetLegalBasis, Versioned<LegalBasisView>>
{
    public async Task<Versioned<LegalBasisView>> Handle(GetLegalBasis request, CancellationToken ct)
    {
        var basis =
            await db.LegalBases.AsNoTracking().FirstOrDefaultAsync(b => b.Id == request.Id, ct)
            ?? throw new NotFoundException("legal-basis");
        return new(LegalBasisView.Of(basis), basis.Version);
    }
}

internal sealed class GetLegalBasisEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/legal-bases/{id}", Handle).AllowsAnonymous();

    /// <summary>Read a legal basis</summary>
    /// <remarks>Gives an instrument with the days between which it is in force, and what it amends.</remarks>
    /// <param name="id">Short word of the instrument.</param>
    private static async Task<ItemAnswer<LegalBasisView>> Handle(string id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetLegalBasis(id), ct));
}
