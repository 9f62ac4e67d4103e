using MediatR;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>How the holder of a key is told now.</summary>
/// <param name="Language">In which language.</param>
/// <param name="Channels">On which channels.</param>
internal sealed record HolderWish(TextLanguage Language, IReadOnlyList<NotificationChannel> Channels)
{
    public static HolderWish Of(Dossier dossier)
    {
        var wish = dossier.Wish ?? NotificationWish.Usual;
        return new(wish.Language, wish.Channels);
    }
}

/// <summary>Asks how the holder of a key is told.</summary>
internal sealed record GetHolderWish(string Code, string Key) : IQuery<HolderWish>;

internal sealed class GetHolderWishHandler(IRatings dossiers, IHolderKeys keys) : IRequestHandler<GetHolderWish, HolderWish>
{
    public async Task<HolderWish> Handle(GetHolderWish request, CancellationToken ct) =>
        HolderWish.Of(await Held(dossiers, keys, request.Code, request.Key, ct));

    /// <summary>The dossier behind a code and the key that came with a message. A wrong key and a wrong code are answered alike.</summary>
    internal static async Task<Dossier> Held(IRatings dossiers, IHolderKeys keys, string code, string key, CancellationToken ct) =>
        await dossiers.DossierWithCode(code, ct) is { ErasedAt: null } dossier && keys.Same(await keys.OfMessages(dossier.Id, ct), key)
            ? dossier
            : throw new BusinessRuleException(NotificationErrors.WishKeyWrong);
}
