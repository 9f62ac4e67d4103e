using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>Which system states the status from now on.</summary>
/// <param name="System" example="nationalPortal">The system.</param>
internal sealed record StatingSystem(StatedBy System);

internal sealed record HandStatingOver(Guid Id, uint Seen, StatingSystem Stating) : ICommand<Versioned<DossierView>>;

internal sealed class HandStatingOverValidator : AbstractValidator<HandStatingOver>
{
    public HandStatingOverValidator() => RuleFor(c => c.Stating.System).IsInEnum().OverridePropertyName("system");
}

internal sealed class HandStatingOverHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<HandStatingOver, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(HandStatingOver request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.HandStatingOver(request.Stating.System, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class HandStatingOverEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/stated-by", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Hand the status of a dossier over</summary>
    /// <remarks>Says which one system may state the status of a dossier from now on; all others, this one included, only follow.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        StatingSystem stating,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new HandStatingOver(id, ifMatch.Version, stating), ct));
}
