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

/// <summary>Why the work is ended without a result (form 05).</summary>
/// <param name="Reason">The reason.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="Refund">Whether what was paid is given back.</param>
internal sealed record Stopping(string Reason, string LegalBasis, bool Refund = false);

internal sealed record StopDossier(Guid Id, uint Seen, Stopping Stopping) : ICommand<Versioned<DossierView>>;

internal sealed class StopDossierValidator : AbstractValidator<StopDossier>
{
    public StopDossierValidator() => RuleFor(c => c.Stopping).SetValidator(new StoppingValidator()).OverridePropertyName("");
}

internal sealed class StoppingValidator : AbstractValidator<Stopping>
{
    public StoppingValidator()
    {
        RuleFor(s => s.Reason).NotEmpty().MaximumLength(500);
        RuleFor(s => s.LegalBasis).NotEmpty().MaximumLength(300);
    }
}

internal sealed class StopDossierHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<StopDossier, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(StopDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var s = request.Stopping;
        dossier.Stop(s.Reason, s.LegalBasis, s.Refund, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class StopDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/stop", Handle).Requires(DossiersPermissions.Stop);

    /// <summary>Stop a dossier</summary>
    /// <remarks>Ends the work without a result and says why; form 05 tells the person.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        Stopping stopping,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new StopDossier(id, ifMatch.Version, stopping), ct));
}
