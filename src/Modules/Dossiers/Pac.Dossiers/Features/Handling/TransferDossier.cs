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

/// <summary>The remark on a hand-over.</summary>
/// <param name="Note">Remark for the control slip (form 06); no personal data.</param>
internal sealed record HandOverNote(string? Note = null);

internal sealed record TransferDossier(Guid Id, uint Seen, HandOverNote Slip) : ICommand<Versioned<DossierView>>;

internal sealed class TransferDossierValidator : AbstractValidator<TransferDossier>
{
    public TransferDossierValidator() => RuleFor(c => c.Slip.Note).MaximumLength(300).OverridePropertyName("note");
}

internal sealed class TransferDossierHandler(
    IRepository<Dossier> dossiers,
    ILaw laws,
    StepConsultations consultations,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<TransferDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(TransferDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var centre = await centres.Get(dossier, 0, ct);
        var now = clock.GetUtcNow();
        dossier.Transfer(user.Caller.Subject, request.Slip.Note, centre.Calendar, await laws.On(now.LocalDay(), ct), now);
        await consultations.Begin(dossier, centre.Calendar, user.Caller.Subject, now, ct);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class TransferDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/transfer", Handle).Requires(DossiersPermissions.Transfer);

    /// <summary>Transfer a dossier</summary>
    /// <remarks>Hands a received dossier over to the competent agency, on the day it came, and records the hand-over. Later it needs a note that says why.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        HandOverNote slip,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new TransferDossier(id, ifMatch.Version, slip), ct));
}
