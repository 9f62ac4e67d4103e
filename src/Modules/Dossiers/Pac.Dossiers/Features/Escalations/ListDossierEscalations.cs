using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

internal sealed record ListDossierEscalations(Guid Id) : IQuery<DossierEscalations>;

/// <summary>Who was told of the terms of a dossier.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Items">The escalations, newest first, at most 1,000.</param>
internal sealed record DossierEscalations(Guid DossierId, IReadOnlyList<EscalationView> Items);

internal sealed class ListDossierEscalationsHandler(DossiersDbContext db) : IRequestHandler<ListDossierEscalations, DossierEscalations>
{
    private const int Most = 1000;

    public async Task<DossierEscalations> Handle(ListDossierEscalations request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        _ = await db.FindVisible(id) ?? throw new NotFoundException("dossier");
        return new(
            request.Id,
            await db
                .Escalations.AsNoTracking()
                .Where(e => e.DossierId == id)
                .OrderByDescending(e => e.Id)
                .Take(Most)
                .Select(EscalationView.Row)
                .ToListAsync(ct)
        );
    }
}

internal sealed class ListDossierEscalationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/warnings", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the escalations of a dossier</summary>
    /// <remarks>Gives who was told of the terms of a dossier, when they saw it and what they answered.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierEscalations>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListDossierEscalations(id), ct));
}
