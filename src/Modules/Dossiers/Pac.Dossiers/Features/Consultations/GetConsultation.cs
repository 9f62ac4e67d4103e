using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Consultations;

internal sealed record GetConsultation(Guid Id) : IQuery<Versioned<ConsultationView>>;

internal sealed class GetConsultationHandler(IRepository<AgencyConsultation> consultations)
    : IRequestHandler<GetConsultation, Versioned<ConsultationView>>
{
    public async Task<Versioned<ConsultationView>> Handle(GetConsultation request, CancellationToken ct)
    {
        var asked = await consultations.Get(new ConsultationWithId(new(request.Id)), ct);
        return new(ConsultationView.Of(asked), asked.Version);
    }
}

internal sealed class GetConsultationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/consultations/{id}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read a consultation</summary>
    /// <remarks>Gives the question and, once it is there, the answer.</remarks>
    /// <param name="id">Identifier of the consultation.</param>
    private static async Task<ItemAnswer<ConsultationView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetConsultation(id), ct));
}
