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

/// <summary>The hand-over to another agency.</summary>
/// <param name="AgencyCode">The agency that takes over.</param>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="ShareHours">Its share of the time, in working hours; the rest of the term when not given.</param>
/// <param name="LateCause">Why the share of the agency that hands over was not enough; needed when it is used up.</param>
internal sealed record AgencyHandOver(string AgencyCode, string Reason, decimal? ShareHours = null, string? LateCause = null);

internal sealed record HandOverDossier(Guid Id, uint Seen, AgencyHandOver HandOver) : ICommand<Versioned<DossierView>>;

internal sealed class HandOverDossierValidator : AbstractValidator<HandOverDossier>
{
    public HandOverDossierValidator() => RuleFor(c => c.HandOver).SetValidator(new AgencyHandOverValidator()).OverridePropertyName("");
}

internal sealed class AgencyHandOverValidator : AbstractValidator<AgencyHandOver>
{
    public AgencyHandOverValidator()
    {
        RuleFor(h => h.AgencyCode).NotEmpty().MaximumLength(40);
        RuleFor(h => h.Reason).NotEmpty().MaximumLength(150);
        RuleFor(h => h.ShareHours).InclusiveBetween(0.5m, 10_000m);
        RuleFor(h => h.LateCause).MaximumLength(150);
    }
}

internal sealed class HandOverDossierHandler(
    IRepository<Dossier> dossiers,
    ICatalogue catalogue,
    CentreCalendars centres,
    ILaw laws,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<HandOverDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(HandOverDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var h = request.HandOver;
        var now = clock.GetUtcNow();
        await catalogue.MustAct(h.AgencyCode, now.LocalDay(), LifeCycleErrors.NoSuchAgency, ct);
        var centre = await centres.Get(dossier, 0, ct);
        var law = await laws.On(now.LocalDay(), ct);
        dossier.HandOver(h.AgencyCode, h.ShareHours, h.Reason, h.LateCause, centre.Calendar, law, user.Caller.Subject, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class HandOverDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/hand-over", Handle).Requires(DossiersPermissions.HandOver);

    /// <summary>Hand a dossier over</summary>
    /// <remarks>Hands the dossier over to another agency with its share of the time; the record tells what each agency used.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        AgencyHandOver handOver,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new HandOverDossier(id, ifMatch.Version, handOver), ct));
}
