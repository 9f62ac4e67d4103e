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

/// <summary>A demand that is taken back.</summary>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="Number">Which demand of the dossier, from 1.</param>
internal sealed record PaymentCancelling(string Reason, int Number = 1);

internal sealed record CancelPayment(Guid Id, uint Seen, PaymentCancelling Cancelling) : ICommand<Versioned<DossierView>>;

internal sealed class CancelPaymentValidator : AbstractValidator<CancelPayment>
{
    public CancelPaymentValidator()
    {
        RuleFor(c => c.Cancelling.Reason).NotEmpty().MaximumLength(200).OverridePropertyName("reason");
        RuleFor(c => c.Cancelling.Number).InclusiveBetween(1, 1000).OverridePropertyName("number");
    }
}

internal sealed class CancelPaymentHandler(
    IRepository<Dossier> dossiers,
    ICashBook book,
    CentreCalendars centres,
    ILaw laws,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<CancelPayment, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(CancelPayment request, CancellationToken ct)
    {
        // Against a cashier, and against the notice of the gateway that it was paid.
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (c, now) = (request.Cancelling, clock.GetUtcNow());
        var centre = await centres.Get(dossier, 0, ct);
        var law = await laws.On(now.LocalDay(), ct);
        dossier.CancelPayment(c.Number, c.Reason, centre.Calendar, law, user.Caller.Subject, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class CancelPaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/cancel-payment", Handle).Requires(DossiersPermissions.DemandPayment);

    /// <summary>Cancel a demand for a payment</summary>
    /// <remarks>Takes back a demand that nobody paid, such as one with a wrong amount; when nothing more is awaited for now, the clock goes on. What the tariff wants before work begins is not taken back: somebody can only be freed from it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        PaymentCancelling cancelling,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CancelPayment(id, ifMatch.Version, cancelling), ct));
}
