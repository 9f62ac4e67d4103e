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

/// <summary>Money that is demanded.</summary>
/// <param name="Amount">How much, in dong, from 1.</param>
/// <param name="Notice">Number of the notice and what it is for; no personal data.</param>
/// <param name="Timing">When it is to be paid: <c>now</c> (default), and work waits for it, or <c>atReturn</c>.</param>
internal sealed record PaymentDemand(long Amount, string Notice, PaymentTiming Timing = PaymentTiming.Now);

internal sealed record RequestPayment(Guid Id, uint Seen, PaymentDemand Demand) : ICommand<Versioned<DossierView>>;

internal sealed class RequestPaymentValidator : AbstractValidator<RequestPayment>
{
    public RequestPaymentValidator() => RuleFor(c => c.Demand).SetValidator(new PaymentDemandValidator()).OverridePropertyName("");
}

internal sealed class PaymentDemandValidator : AbstractValidator<PaymentDemand>
{
    public PaymentDemandValidator()
    {
        RuleFor(d => d.Amount).InclusiveBetween(1, 100_000_000_000);
        RuleFor(d => d.Notice).NotEmpty().MaximumLength(200);
        RuleFor(d => d.Timing).IsInEnum();
    }
}

internal sealed class RequestPaymentHandler(IRepository<Dossier> dossiers, CentreCalendars centres, CurrentUser user, TimeProvider clock)
    : IRequestHandler<RequestPayment, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(RequestPayment request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var centre = await centres.Get(dossier, 0, ct);
        var d = request.Demand;
        dossier.RequestPayment(d.Amount, d.Notice, d.Timing, centre.Calendar, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class RequestPaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/request-payment", Handle).Requires(DossiersPermissions.DemandPayment);

    /// <summary>Request a payment</summary>
    /// <remarks>Demands a fee, charge or other financial obligation. Demanded for now, it stops the clock until it is paid.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        PaymentDemand demand,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RequestPayment(id, ifMatch.Version, demand), ct));
}
