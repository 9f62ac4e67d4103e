using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Bulk;

/// <summary>Who takes charge of many dossiers.</summary>
/// <param name="DossierIds">The dossiers, at most 200.</param>
/// <param name="Assignee">Subject of the officer.</param>
internal sealed record BulkAssign(IReadOnlyList<Guid> DossierIds, string Assignee) : ICommand<BulkOutcome>;

internal sealed class BulkAssignValidator : AbstractValidator<BulkAssign>
{
    public BulkAssignValidator()
    {
        RuleFor(c => c.DossierIds).NotEmpty().MostItems(BulkActs.Most);
        RuleFor(c => c.Assignee).NotEmpty().MaximumLength(100);
    }
}

internal sealed class BulkAssignHandler(
    BulkActs bulk,
    IRepository<Dossier> dossiers,
    IOfficers officers,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<BulkAssign, BulkOutcome>
{
    public async Task<BulkOutcome> Handle(BulkAssign request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var check = await officers.CheckOf(request.Assignee, ct);
        var outcome = await bulk.Do(
            request.DossierIds,
            d =>
            {
                officers.DemandStage(d);
                check(d);
                d.Assign(request.Assignee, user.Caller.Subject, now);
            },
            ct
        );
        await dossiers.Save(ct);
        return outcome;
    }
}

internal sealed class BulkAssignEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/bulk-acts/assign", Handle).Requires(DossiersPermissions.Assign);

    /// <summary>Assign many dossiers</summary>
    /// <remarks>Names the officer who is in charge of the step in hand of up to 200 dossiers. Each dossier is judged for itself and has its own outcome; one that is refused leaves the others as they are.</remarks>
    private static async Task<ValueAnswer<BulkOutcome>> Handle(BulkAssign command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
