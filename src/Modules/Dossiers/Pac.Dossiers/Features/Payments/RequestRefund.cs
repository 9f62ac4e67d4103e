using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>Money that is to be given back.</summary>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="PaymentNumber">The demand whose payment is given back, from 1; the first when not given.</param>
/// <param name="Amount">How much, in dong; all that is left of the payment when left out.</param>
/// <param name="FeeCode">From this line only.</param>
/// <param name="Way">How it is given back: in <c>cash</c> (default), by <c>transfer</c>, or through the <c>gateway</c> it came by.</param>
internal sealed record RefundWish(
    string Reason,
    int PaymentNumber = 1,
    long? Amount = null,
    string? FeeCode = null,
    RefundWay Way = RefundWay.Cash
);

internal sealed record RequestRefund(Guid Id, uint Seen, RefundWish Wish) : ICommand<Versioned<DossierView>>;

internal sealed class RequestRefundValidator : AbstractValidator<RequestRefund>
{
    public RequestRefundValidator()
    {
        RuleFor(c => c.Wish.Reason).NotEmpty().MaximumLength(300).OverridePropertyName("reason");
        RuleFor(c => c.Wish.PaymentNumber).InclusiveBetween(1, 1000).OverridePropertyName("paymentNumber");
        RuleFor(c => c.Wish.Amount).InclusiveBetween(1, 100_000_000_000).OverridePropertyName("amount");
        RuleFor(c => c.Wish.FeeCode).MaximumLength(40).OverridePropertyName("feeCode");
        RuleFor(c => c.Wish.Way).IsInEnum().OverridePropertyName("way");
    }
}

internal sealed class RequestRefundHandler(IRepository<Dossier> dossiers, ICashBook book, CurrentUser user, TimeProvider clock)
    : IRequestHandler<RequestRefund, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(RequestRefund request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var w = request.Wish;
        dossier.RequestRefund(w.PaymentNumber, w.Amount, w.FeeCode, w.Way, w.Reason, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class RequestRefundEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/request-refund", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Request a refund</summary>
    /// <remarks>Asks for a payment to be given back, in whole or in part and never more than was paid. Another person decides, whatever the amount.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        RefundWish wish,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RequestRefund(id, ifMatch.Version, wish), ct));
}
