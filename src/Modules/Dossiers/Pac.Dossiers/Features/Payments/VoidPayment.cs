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

/// <summary>A payment that was noted by mistake.</summary>
/// <param name="Reason">Why it is voided; no personal data.</param>
/// <param name="Number">Which demand of the dossier, from 1; the first when not given.</param>
internal sealed record PaymentVoiding(string Reason, int Number = 1);

internal sealed record VoidPayment(Guid Id, uint Seen, PaymentVoiding Voiding) : ICommand<Versioned<DossierView>>;

internal sealed class VoidPaymentValidator : AbstractValidator<VoidPayment>
{
    public VoidPaymentValidator()
    {
        RuleFor(c => c.Voiding.Reason).NotEmpty().MaximumLength(300).OverridePropertyName("reason");
        RuleFor(c => c.Voiding.Number).InclusiveBetween(1, 1000).OverridePropertyName("number");
    }
}

internal sealed class VoidPaymentHandler(
    IRepository<Dossier> dossiers,
    IRepository<FeeReceipt> receipts,
    ICashBook book,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<VoidPayment, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(VoidPayment request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (v, by, now) = (request.Voiding, user.Caller.Subject, clock.GetUtcNow());
        var centre = await centres.Get(dossier, 0, ct);
        var taken = dossier.Payments.FirstOrDefault(p => p.Number == v.Number)?.Taken;
        if (taken?.ReceiptId is not { } receiptId)
            throw new BusinessRuleException(PaymentErrors.NotVoidable);
        if (taken.TillId is { } till)
        {
            if (taken.By != by && !user.May(DossiersPermissions.ConfirmCash))
                throw new BusinessRuleException(PaymentErrors.NotTheCashier);
            await book.DemandOpen(new(till), ct);
        }
        var receipt = await receipts.Get(new ReceiptWithId(new(receiptId)), ct);
        receipt.Void(v.Reason, by, now);
        dossier.VoidPayment(v.Number, v.Reason, centre.Calendar, by, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class VoidPaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/void-payment", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Void a payment</summary>
    /// <remarks>Takes back a payment that was noted by mistake, while its till is open; what is not cash, on the same day. Its receipt stays in the list as void, and the payment is awaited again. Later only a refund is possible.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        PaymentVoiding voiding,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new VoidPayment(id, ifMatch.Version, voiding), ct));
}
