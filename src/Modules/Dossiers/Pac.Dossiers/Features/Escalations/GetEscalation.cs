using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

internal sealed record GetEscalation(Guid Id) : IQuery<Versioned<EscalationView>>;

internal sealed class GetEscalationHandler(DossiersDbContext db) : IRequestHandler<GetEscalation, Versioned<EscalationView>>
{
    public async Task<Versioned<EscalationView>> Handle(GetEscalation request, CancellationToken ct)
    {
        var id = new EscalationId(request.Id);
        var escalation =
            await db.VisibleEscalations.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct)
            ?? throw new NotFoundException("escalation");
        return new(EscalationView.Of(escalation), escalation.Version);
    }
}

internal sealed class GetEscalationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/escalations/{id}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read an escalation</summary>
    /// <remarks>Gives one escalation that went to the caller, or that the caller raised, and whether it was seen and answered.</remarks>
    /// <param name="id">Identifier of the escalation.</param>
    private static async Task<ItemAnswer<EscalationView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetEscalation(id), ct));
}
