using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

internal sealed record GetReconciliation(string PartnerCode, Guid Id) : IQuery<ReconciliationView>;

internal sealed class GetReconciliationHandler(DossiersDbContext db) : IRequestHandler<GetReconciliation, ReconciliationView>
{
    public async Task<ReconciliationView> Handle(GetReconciliation request, CancellationToken ct)
    {
        var partner = ExchangeMessageView.PartnerFor(db.User, request.PartnerCode);
        var report = await db.Reconciliations.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.Id && r.Partner == partner, ct);
        return ReconciliationView.Of(report ?? throw new NotFoundException("reconciliation"));
    }
}

internal sealed class GetReconciliationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/integration/{partner}/reconciliations/{id}", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Read the report of a comparison</summary>
    /// <remarks>Gives what was compared and how much of it differs, with the first of the differences.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    /// <param name="id">Identifier of the comparison.</param>
    private static async Task<ValueAnswer<ReconciliationView>> Handle(string partner, Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetReconciliation(partner, id), ct));
}
