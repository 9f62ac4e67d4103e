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

/// <summary>That an approved refund is paid out.</summary>
/// <param name="Number">Which refund of the dossier, from 1; the first when not given.</param>
/// <param name="CentreCode">The centre that pays it out; the caller's own, else the one that received the dossier, when left out.</param>
/// <param name="CounterId">The counter at which it is paid out.</param>
internal sealed record RefundPayout(int Number = 1, string? CentreCode = null, Guid? CounterId = null);

internal sealed record PayRefund(Guid Id, uint Seen, RefundPayout Payout) : ICommand<Versioned<DossierView>>;

internal sealed class PayRefundValidator : AbstractValidator<PayRefund>
{
    public PayRefundValidator()
    {
        RuleFor(c => c.Payout.Number).InclusiveBetween(1, 1000).OverridePropertyName("number");
        RuleFor(c => c.Payout.CentreCode).MaximumLength(40).OverridePropertyName("centreCode");
    }
}

internal sealed class PayRefundHandler(
    IRepository<Dossier> dossiers,
    ICashBook book,
    IPaymentGateway gateway,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<PayRefund, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(PayRefund request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (p, by, now) = (request.Payout, user.Caller.Subject, clock.GetUtcNow());
        var refund = dossier.PayableRefund(p.Number, by);
        var payment = dossier.Payments.First(x => x.Number == refund.PaymentNumber);
        var place = PaymentPlace.Of(dossier, p.CentreCode, user.Scope);
        var (method, till, order) = (PaymentMethod.Transfer, (Guid?)null, (string?)null);
        switch (refund.Way)
        {
            case RefundWay.Cash:
                method = PaymentMethod.Cash;
                till = (await book.OpenTill(place, p.CounterId, by, now.LocalDay(), now, ct)).Value;
                break;
            case RefundWay.Gateway:
                (method, order) = (payment.Method!.Value, payment.Taken!.OrderCode);
                // The gateway takes the same document once; should our save fail, it is told again.
                await gateway.Refund(order!, refund.Document!, refund.Dong, ct);
                break;
        }
        dossier.PayRefund(p.Number, new(method, place, by, p.CounterId, till, OrderCode: order), now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class PayRefundEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/pay-refund", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Pay out a refund</summary>
    /// <remarks>Pays out what was approved: out of the till of the cashier, by bank transfer, or through the gateway it came by. Whoever approved it cannot pay it out.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        RefundPayout payout,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new PayRefund(id, ifMatch.Version, payout), ct));
}
