using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Features.Consultations;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Handling;

/// <summary>The signed document that settles a dossier.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="RefusalReason">Why it is refused; left out for a result.</param>
/// <param name="LateCause">Why it is late; needed when the due instant has passed.</param>
internal sealed record Settlement(string Number, DateOnly Date, string Signer, string? RefusalReason = null, string? LateCause = null);

internal sealed record SettleDossier(Guid Id, uint Seen, Settlement Settlement) : ICommand<Versioned<DossierView>>;

internal sealed class SettleDossierValidator : AbstractValidator<SettleDossier>
{
    public SettleDossierValidator()
    {
        RuleFor(c => c.Settlement.Number).NotEmpty().MaximumLength(60).OverridePropertyName("number");
        RuleFor(c => c.Settlement.Signer).NotEmpty().MaximumLength(200).OverridePropertyName("signer");
        RuleFor(c => c.Settlement.RefusalReason)
            .NotEmpty()
            .When(c => c.Settlement.RefusalReason is not null)
            .MaximumLength(500)
            .OverridePropertyName("refusalReason");
        RuleFor(c => c.Settlement.LateCause).MaximumLength(500).OverridePropertyName("lateCause");
    }
}

internal sealed class SettleDossierHandler(
    IRepository<Dossier> dossiers,
    StepConsultations consultations,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<SettleDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(SettleDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var s = request.Settlement;
        var now = clock.GetUtcNow();
        if (s.RefusalReason is null)
            await consultations.RefuseWhileAwaited(dossier.Id, now, ct);
        dossier.Settle(new(s.Number, s.Date, s.Signer, s.RefusalReason), s.LateCause, user.Caller.Subject, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class SettleDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/settle", Handle).Requires(DossiersPermissions.Settle);

    /// <summary>Settle a dossier</summary>
    /// <remarks>Ends the work with the signed result, or with a refusal and its reason. A late one needs its cause.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Settlement settlement,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new SettleDossier(id, ifMatch.Version, settlement), ct));
}
