using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

internal sealed record GetTill(Guid Id) : IQuery<Versioned<TillView>>;

internal sealed class GetTillHandler(DossiersDbContext db) : IRequestHandler<GetTill, Versioned<TillView>>
{
    public async Task<Versioned<TillView>> Handle(GetTill request, CancellationToken ct)
    {
        var id = new TillId(request.Id);
        var till = await db.VisibleTills().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFoundException("till");
        var totals = await db.TotalsOf([request.Id], ct);
        return new(TillView.Of(till, totals.GetValueOrDefault(request.Id)), till.Version);
    }
}

internal sealed class GetTillEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/tills/{id}", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Get a till</summary>
    /// <remarks>Gives the cash of a cashier: what went through it so far or, once it is closed, what it was closed with.</remarks>
    /// <param name="id">Identifier of the till.</param>
    private static async Task<ItemAnswer<TillView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetTill(id), ct));
}
