using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

internal sealed record SeeEscalation(Guid Id) : ICommand<Versioned<EscalationView>>;

internal sealed class SeeEscalationHandler(IRepository<Escalation> escalations, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SeeEscalation, Versioned<EscalationView>>
{
    public async Task<Versioned<EscalationView>> Handle(SeeEscalation request, CancellationToken ct)
    {
        var escalation = await escalations.Get(new EscalationWithId(new(request.Id)), ct);
        escalation.See(user.Caller.Subject, clock.GetUtcNow());
        await escalations.Save(ct);
        return new(EscalationView.Of(escalation), escalation.Version);
    }
}

internal sealed class SeeEscalationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/escalations/{id}/see", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Mark an escalation as seen</summary>
    /// <remarks>Notes that the caller has seen an escalation, and when; the first time counts.</remarks>
    /// <param name="id">Identifier of the escalation.</param>
    private static async Task<ItemAnswer<EscalationView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new SeeEscalation(id), ct));
}
