using FluentValidation;
using MediatR;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>Takes in what the gateway says: by its notice, or because it was asked.</summary>
/// <param name="Notice">What it says; checked before.</param>
internal sealed record TakeGatewayNotice(GatewayNotice Notice) : ICommand<bool>;

internal sealed class TakeGatewayNoticeValidator : AbstractValidator<TakeGatewayNotice>
{
    public TakeGatewayNoticeValidator()
    {
        RuleFor(c => c.Notice.OrderCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Notice.TransactionId).MaximumLength(60);
    }
}

internal sealed class TakeGatewayNoticeHandler(
    IGatewayOrders held,
    IRepository<OnlinePayment> orders,
    PaymentDesk desk,
    CentreCalendars centres,
    TimeProvider clock
) : IRequestHandler<TakeGatewayNotice, bool>
{
    public async Task<bool> Handle(TakeGatewayNotice request, CancellationToken ct)
    {
        if (await held.Hold(request.Notice.OrderCode, ct) is not var (order, dossier))
            throw new NotFoundException("online-payment");
        var now = clock.GetUtcNow();
        var demands = dossier.Payments.Where(p => order.Numbers.Contains(p.Number) && p.Status == PaymentStatus.Waiting).ToList();
        var wanted =
            demands.Count == order.Numbers.Count
            && demands.Sum(p => p.AmountDong) == order.AmountDong
            && LifeCycle.ActsIn(dossier.Status).Contains(LifeCycle.ConfirmPayment);
        var paid = order.Take(request.Notice, wanted, now);
        if (paid)
        {
            var centre = await centres.Get(dossier, 0, ct);
            var taking = new Taking(PaymentMethod.NationalPortal, dossier.ServingCentre, OnlinePayment.Gateway, OrderCode: order.Code);
            // In one order, so that two notices never wait for each other's numbers.
            foreach (var demand in demands.OrderBy(d => d.Kind))
                await desk.Take(dossier, demand.Number, taking, null, null, centre.Calendar, now, ct);
        }
        await orders.Save(ct);
        return paid;
    }
}
