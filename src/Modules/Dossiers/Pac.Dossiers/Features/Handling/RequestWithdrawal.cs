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

/// <summary>The wish to have the dossier back.</summary>
/// <param name="Channel">How the wish came; at the counter when not given.</param>
/// <param name="Reason">Why, if the person said.</param>
internal sealed record WithdrawalWish(Channel Channel = Channel.Counter, string? Reason = null);

internal sealed record RequestWithdrawal(Guid Id, uint Seen, WithdrawalWish Wish) : ICommand<Versioned<DossierView>>;

internal sealed class RequestWithdrawalValidator : AbstractValidator<RequestWithdrawal>
{
    public RequestWithdrawalValidator() => RuleFor(c => c.Wish).SetValidator(new WithdrawalWishValidator()).OverridePropertyName("");
}

internal sealed class WithdrawalWishValidator : AbstractValidator<WithdrawalWish>
{
    public WithdrawalWishValidator()
    {
        RuleFor(w => w.Channel).IsInEnum();
        RuleFor(w => w.Reason).MaximumLength(500);
    }
}

internal sealed class RequestWithdrawalHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<RequestWithdrawal, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(RequestWithdrawal request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.RequestWithdrawal(request.Wish.Channel, request.Wish.Reason, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class RequestWithdrawalEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/request-withdrawal", Handle).Requires(DossiersPermissions.RequestWithdrawal);

    /// <summary>Request a withdrawal</summary>
    /// <remarks>Notes that the person wants the dossier back; possible until there is a decision. What was not accepted yet ends at once, and what was paid with it is given back.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        WithdrawalWish wish,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RequestWithdrawal(id, ifMatch.Version, wish), ct));
}
