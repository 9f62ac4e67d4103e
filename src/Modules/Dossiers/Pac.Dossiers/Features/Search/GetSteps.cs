using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record GetSteps(Guid Id) : IQuery<DossierSteps>;

/// <summary>The internal workflow of a dossier with its hand-over records, as the control slip (form 06) shows them.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Steps">The steps in order.</param>
internal sealed record DossierSteps(Guid DossierId, IReadOnlyList<StepView> Steps);

/// <summary>One step and its hand-over.</summary>
/// <param name="Number">Place in the workflow, from 1.</param>
/// <param name="Role">Who works on it.</param>
/// <param name="AllottedHours">Working hours allotted.</param>
/// <param name="StartedAt">When it was taken over.</param>
/// <param name="DueAt">When its hours are used up.</param>
/// <param name="CompletedAt">When it was handed over.</param>
/// <param name="GivenBy">Subject who handed it over.</param>
/// <param name="Result">How the hand-over lies to the allotted hours.</param>
/// <param name="Note">Remark on the slip.</param>
internal sealed record StepView(
    int Number,
    string Role,
    decimal AllottedHours,
    DateTimeOffset? StartedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? CompletedAt,
    string? GivenBy,
    Timeliness? Result,
    string? Note
);

internal sealed class GetStepsHandler(DossiersDbContext db) : IRequestHandler<GetSteps, DossierSteps>
{
    public async Task<DossierSteps> Handle(GetSteps request, CancellationToken ct)
    {
        var dossier = await db.FindVisible(new DossierId(request.Id)) ?? throw new NotFoundException("dossier");
        return new(
            request.Id,
            [
                .. dossier.Steps.Select(s => new StepView(
                    s.Number,
                    s.Role,
                    s.AllottedHours,
                    s.StartedAt,
                    s.DueAt,
                    s.CompletedAt,
                    s.GivenBy,
                    s.Result,
                    s.Note
                )),
            ]
        );
    }
}

internal sealed class GetStepsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/steps", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read the steps of a dossier</summary>
    /// <remarks>Gives the internal workflow with allotted hours and the record of every hand-over.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierSteps>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetSteps(id), ct));
}
