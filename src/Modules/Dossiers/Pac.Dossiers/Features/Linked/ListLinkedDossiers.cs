using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Linked;

internal sealed record ListLinkedDossiers(Guid Id) : IQuery<LinkedGroup>;

/// <summary>Dossiers that go together.</summary>
/// <param name="DossierId">Identifier of the dossier that leads.</param>
/// <param name="AppointmentAt">When all results are promised.</param>
/// <param name="Dossiers">Those that follow, in the order of their reception.</param>
internal sealed record LinkedGroup(Guid DossierId, DateTimeOffset? AppointmentAt, IReadOnlyList<LinkedDossier> Dossiers);

/// <summary>A dossier that follows another one.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DueAt">When it is due by itself.</param>
internal sealed record LinkedDossier(
    Guid Id,
    string Code,
    string ProcedureCode,
    string AgencyCode,
    DossierStatus Status,
    DateTimeOffset? DueAt
);

internal sealed class ListLinkedDossiersHandler(DossiersDbContext db) : IRequestHandler<ListLinkedDossiers, LinkedGroup>
{
    public async Task<LinkedGroup> Handle(ListLinkedDossiers request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        var leading = await db.FindVisible(id) ?? throw new NotFoundException("dossier");
        var rows = await db
            .Visible.Where(d => d.ParentId == id)
            .OrderBy(d => d.ReceivedAt)
            .ThenBy(d => d.Id)
            .Select(d => new LinkedDossier(d.Id.Value, d.Code, d.ProcedureCode, d.AgencyCode, d.Status, d.DueAt))
            .ToListAsync(ct);
        return new(request.Id, leading.PromisedAt, rows);
    }
}

internal sealed class ListLinkedDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/linked", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List linked dossiers</summary>
    /// <remarks>Gives the dossiers that follow this one, with the one appointment of all.</remarks>
    /// <param name="id">Identifier of the dossier that leads.</param>
    private static async Task<ValueAnswer<LinkedGroup>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListLinkedDossiers(id), ct));
}
