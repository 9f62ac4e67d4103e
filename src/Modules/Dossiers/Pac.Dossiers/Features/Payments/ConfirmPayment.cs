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

/// <summary>A payment that is taken.</summary>
/// <param name="Method">How it is paid.</param>
/// <param name="ReceiptNumber">Number of a receipt that was printed or issued elsewhere; left out where the centre has its numbers here.</param>
/// <param name="ReceiptSeries">Series of that receipt (ký hiệu biên lai).</param>
/// <param name="Number">Which demand of the dossier is paid, from 1; the first when not given.</param>
/// <param name="CentreCode">The centre that takes it; the caller's own, else the one that received the dossier, when left out.</param>
/// <param name="CounterId">The counter at which it is taken.</param>
internal sealed record PaymentReceipt(
    PaymentMethod Method,
    string? ReceiptNumber = null,
    string? ReceiptSeries = null,
    int Number = 1,
    string? CentreCode = null,
    Guid? CounterId = null
);

internal sealed record ConfirmPayment(Guid Id, uint Seen, PaymentReceipt Receipt) : ICommand<Versioned<DossierView>>;

internal sealed class ConfirmPaymentValidator : AbstractValidator<ConfirmPayment>
{
    public ConfirmPaymentValidator() => RuleFor(c => c.Receipt).SetValidator(new PaymentReceiptValidator()).OverridePropertyName("");
}

internal sealed class PaymentReceiptValidator : AbstractValidator<PaymentReceipt>
{
    public PaymentReceiptValidator()
    {
        RuleFor(r => r.ReceiptNumber).MaximumLength(40);
        RuleFor(r => r.Method).IsInEnum();
        RuleFor(r => r.ReceiptSeries).MaximumLength(40);
        RuleFor(r => r.Number).InclusiveBetween(1, 1000);
        RuleFor(r => r.CentreCode).MaximumLength(40);
    }
}

internal sealed class ConfirmPaymentHandler(
    IRepository<Dossier> dossiers,
    ICashBook book,
    PaymentDesk desk,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ConfirmPayment, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ConfirmPayment request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (r, by, now) = (request.Receipt, user.Caller.Subject, clock.GetUtcNow());
        var centre = await centres.Get(dossier, 0, ct);
        dossier.Payable(r.Number);
        var place = PaymentPlace.Of(dossier, r.CentreCode, user.Scope);
        // Cash lies in a till; it opens by itself with the first payment of the day.
        var till =
            r.Method == PaymentMethod.Cash ? (await book.OpenTill(place, r.CounterId, by, now.LocalDay(), now, ct)).Value : (Guid?)null;
        var printed = string.IsNullOrWhiteSpace(r.ReceiptNumber) ? null : new ReceiptNumber(null, null, r.ReceiptSeries, r.ReceiptNumber);
        await desk.Take(dossier, r.Number, new(r.Method, place, by, r.CounterId, till), by, printed, centre.Calendar, now, ct);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ConfirmPaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/confirm-payment", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Confirm a payment</summary>
    /// <remarks>Takes what is demanded and gives it the next receipt number of the cashier, the counter or the centre. Cash goes into the till of the cashier, which opens by itself. Work that waited for the payment goes on.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        PaymentReceipt receipt,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ConfirmPayment(id, ifMatch.Version, receipt), ct));
}
