using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>A payment with its receipt.</summary>
/// <param name="ReceiptNumber">Number of the receipt (số biên lai).</param>
/// <param name="Method">How it was paid.</param>
/// <param name="ReceiptSeries">Series of the receipt (ký hiệu biên lai).</param>
/// <param name="Number">Which demand of the dossier is paid, from 1; the first when not given.</param>
internal sealed record PaymentReceipt(string ReceiptNumber, PaymentMethod Method, string? ReceiptSeries = null, int Number = 1);

internal sealed record ConfirmPayment(Guid Id, uint Seen, PaymentReceipt Receipt) : ICommand<Versioned<DossierView>>;

internal sealed class ConfirmPaymentValidator : AbstractValidator<ConfirmPayment>
{
    public ConfirmPaymentValidator() => RuleFor(c => c.Receipt).SetValidator(new PaymentReceiptValidator()).OverridePropertyName("");
}

internal sealed class PaymentReceiptValidator : AbstractValidator<PaymentReceipt>
{
    public PaymentReceiptValidator()
    {
        RuleFor(r => r.ReceiptNumber).NotEmpty().MaximumLength(40);
        RuleFor(r => r.Method).IsInEnum();
        RuleFor(r => r.ReceiptSeries).MaximumLength(40);
        RuleFor(r => r.Number).InclusiveBetween(1, 1000);
    }
}

internal sealed class ConfirmPaymentHandler(
    IRepository<Dossier> dossiers,
    ILaw laws,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ConfirmPayment, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ConfirmPayment request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var now = clock.GetUtcNow();
        var centre = await centres.Get(dossier, 0, ct);
        var r = request.Receipt;
        dossier.ConfirmPayment(
            r.Number,
            r.Method,
            r.ReceiptSeries,
            r.ReceiptNumber,
            centre.Calendar,
            await laws.On(now.LocalDay(), ct),
            user.Caller.Subject,
            now
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ConfirmPaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/confirm-payment", Handle).Requires(DossiersPermissions.TakePayment);

    /// <summary>Confirm a payment</summary>
    /// <remarks>Notes that a demand is paid, with its receipt. Work that waited for it goes on.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        PaymentReceipt receipt,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ConfirmPayment(id, ifMatch.Version, receipt), ct));
}
