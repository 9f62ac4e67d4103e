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

/// <summary>The apology with a new date (form 04).</summary>
/// <param name="Reason">Why it will take longer.</param>
/// <param name="NewDueDate">The new day; on a closed day it is the next working day.</param>
/// <param name="Signer">Head of the competent agency, by office.</param>
internal sealed record Apology(string Reason, DateOnly NewDueDate, string Signer);

internal sealed record ExtendDossier(Guid Id, uint Seen, Apology Apology) : ICommand<Versioned<DossierView>>;

internal sealed class ExtendDossierValidator : AbstractValidator<ExtendDossier>
{
    public ExtendDossierValidator() => RuleFor(c => c.Apology).SetValidator(new ApologyValidator()).OverridePropertyName("");
}

internal sealed class ApologyValidator : AbstractValidator<Apology>
{
    public ApologyValidator()
    {
        RuleFor(a => a.Reason).NotEmpty().MaximumLength(500);
        RuleFor(a => a.NewDueDate).InclusiveBetween(new(2025, 1, 1), new(2098, 12, 31));
        RuleFor(a => a.Signer).NotEmpty().MaximumLength(200);
    }
}

internal sealed class ExtendDossierHandler(
    IRepository<Dossier> dossiers,
    ILaw laws,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ExtendDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ExtendDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var centre = await centres.Get(dossier, 0, ct);
        var a = request.Apology;
        dossier.Extend(a.Reason, a.Signer, a.NewDueDate, centre.Calendar, await laws.On(now.LocalDay(), ct), user.Caller.Subject, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ExtendDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/extend", Handle).Requires(DossiersPermissions.Extend);

    /// <summary>Extend a dossier</summary>
    /// <remarks>Apologises and promises a new date, once and before the due instant (form 04). An apology given too short before it is marked as late.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Apology apology,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ExtendDossier(id, ifMatch.Version, apology), ct));
}
