using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Handling;

/// <summary>Who takes charge of the step in hand.</summary>
/// <param name="Assignee">Subject of the officer.</param>
internal sealed record Assignment(string Assignee);

internal sealed record AssignDossier(Guid Id, uint Seen, Assignment Assignment) : ICommand<Versioned<DossierView>>;

internal sealed class AssignDossierValidator : AbstractValidator<AssignDossier>
{
    public AssignDossierValidator() => RuleFor(c => c.Assignment.Assignee).NotEmpty().MaximumLength(100).OverridePropertyName("assignee");
}

internal sealed class AssignDossierHandler(IRepository<Dossier> dossiers, IOfficers officers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<AssignDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(AssignDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        officers.DemandStage(dossier);
        var check = await officers.CheckOf(request.Assignment.Assignee, ct);
        check(dossier);
        dossier.Assign(request.Assignment.Assignee, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class AssignDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/assign", Handle).Requires(DossiersPermissions.Assign);

    /// <summary>Assign a dossier</summary>
    /// <remarks>Names the officer who is in charge of the step in hand; it has to be one of the unit that has the dossier in hand.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Assignment assignment,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new AssignDossier(id, ifMatch.Version, assignment), ct));
}
