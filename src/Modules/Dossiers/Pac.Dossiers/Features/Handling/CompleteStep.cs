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

internal sealed record CompleteStep(Guid Id, uint Seen, HandOverNote Slip) : ICommand<Versioned<DossierView>>;

internal sealed class CompleteStepValidator : AbstractValidator<CompleteStep>
{
    public CompleteStepValidator() => RuleFor(c => c.Slip.Note).MaximumLength(300).OverridePropertyName("note");
}

internal sealed class CompleteStepHandler(
    IRepository<Dossier> dossiers,
    StepConsultations consultations,
    PinnedProcedures procedures,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<CompleteStep, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(CompleteStep request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var centre = await centres.Get(dossier, 0, ct);
        var (by, now) = (user.Caller.Subject, clock.GetUtcNow());
        await consultations.RefuseWhileAwaited(dossier.Id, now, ct);
        dossier.CompleteStep(by, request.Slip.Note, centre.Calendar, now, await procedures.ContentOf(dossier, ct));
        await consultations.Begin(dossier, centre.Calendar, by, now, ct);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class CompleteStepEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/complete-step", Handle).Requires(DossiersPermissions.Process);

    /// <summary>Complete a step</summary>
    /// <remarks>Hands the step in hand over to the next one and records whether it was early, on time or late. While a paper is lacking that the workflow needs up to here, it does not end.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        HandOverNote slip,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CompleteStep(id, ifMatch.Version, slip), ct));
}
