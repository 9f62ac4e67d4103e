using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

internal sealed record ChangeNotificationWish(Guid Id, uint Seen, NotificationWishInput Wish) : ICommand<Versioned<DossierView>>;

internal sealed class ChangeNotificationWishValidator : AbstractValidator<ChangeNotificationWish>
{
    public ChangeNotificationWishValidator()
    {
        RuleFor(c => c.Wish.Language).IsInEnum().OverridePropertyName("language");
        RuleFor(c => c.Wish.Channels).NotNull().MostItems(3).OverridePropertyName("channels");
        RuleForEach(c => c.Wish.Channels).IsInEnum().OverridePropertyName("channels");
    }
}

internal sealed class ChangeNotificationWishHandler(IRepository<Dossier> dossiers)
    : IRequestHandler<ChangeNotificationWish, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ChangeNotificationWish request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.WishFor(request.Wish.Read());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ChangeNotificationWishEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/notification-wish", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Change how a person is told</summary>
    /// <remarks>Notes in which language and on which channels the holder of a dossier wants to be told; a channel that is left out is silent from now on.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        NotificationWishInput wish,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ChangeNotificationWish(id, ifMatch.Version, wish), ct));
}
