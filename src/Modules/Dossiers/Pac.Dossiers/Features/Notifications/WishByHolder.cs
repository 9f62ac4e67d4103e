using FluentValidation;
using MediatR;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>Says how the holder of a key wants to be told from now on; no channel at all is a wish too.</summary>
internal sealed record WishByHolder(string Code, string Key, NotificationWishInput Wish) : ICommand<HolderWish>;

internal sealed class WishByHolderValidator : AbstractValidator<WishByHolder>
{
    public WishByHolderValidator()
    {
        RuleFor(c => c.Key).MaximumLength(60);
        RuleFor(c => c.Wish).SetValidator(new NotificationWishInputValidator()).OverridePropertyName("");
    }
}

internal sealed class WishByHolderHandler(IRatings dossiers, IHolderKeys keys, IRepository<Dossier> repository)
    : IRequestHandler<WishByHolder, HolderWish>
{
    public async Task<HolderWish> Handle(WishByHolder request, CancellationToken ct)
    {
        var dossier = await GetHolderWishHandler.Held(dossiers, keys, request.Code, request.Key, ct);
        dossier.WishFor(request.Wish.Read());
        await repository.Save(ct);
        return HolderWish.Of(dossier);
    }
}
