using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>A line of the price that is demanded.</summary>
/// <param name="FeeCode">The line of the tariff, or <c>other</c> for what no tariff knows.</param>
/// <param name="Amount">How much, in dong; what is still owed on the line when left out.</param>
/// <param name="Reason">Why, where it does not follow from the tariff; no personal data.</param>
/// <param name="Kind">Fee or charge, of what no tariff knows.</param>
/// <param name="LegalBasisId">The instrument that sets it, of what no tariff knows.</param>
internal sealed record DemandedLine(
    string FeeCode,
    long? Amount = null,
    string? Reason = null,
    FeeKind Kind = FeeKind.Fee,
    string? LegalBasisId = null
);

/// <summary>Money that is demanded.</summary>
/// <param name="Notice">Number of the notice and what it is for; no personal data.</param>
/// <param name="Amount">How much in all, in dong, from 1, where no lines are named: what the tariff still wants, or something that rests on the notice.</param>
/// <param name="Timing">When it is to be paid: <c>now</c> (default), and work waits for it; <c>before</c> work begins; <c>atSupplement</c>, with the papers asked for; or <c>atReturn</c>.</param>
/// <param name="Lines">The lines of the price that are demanded; fee and charge become demands of their own.</param>
internal sealed record PaymentDemand(
    string Notice,
    long? Amount = null,
    PaymentTiming Timing = PaymentTiming.Now,
    IReadOnlyList<DemandedLine>? Lines = null
);

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
        RuleFor(d => d.Lines).MostItems(20);
        RuleForEach(d => d.Lines).SetValidator(new DemandedLineValidator());
    }
}

internal sealed class DemandedLineValidator : AbstractValidator<DemandedLine>
{
    public DemandedLineValidator()
    {
        RuleFor(l => l.FeeCode).NotEmpty().MaximumLength(40);
        RuleFor(l => l.Amount).InclusiveBetween(1, 100_000_000_000);
        RuleFor(l => l.Reason).MaximumLength(200);
        RuleFor(l => l.Kind).IsInEnum();
        RuleFor(l => l.LegalBasisId).MaximumLength(60);
    }
}

internal sealed class RequestPaymentHandler(IRepository<Dossier> dossiers, CentreCalendars centres, CurrentUser user, TimeProvider clock)
    : IRequestHandler<RequestPayment, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(RequestPayment request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var centre = await centres.Get(dossier, 0, ct);
        var (d, by, now) = (request.Demand, user.Caller.Subject, clock.GetUtcNow());
        if (d.Lines is { Count: > 0 } lines)
        {
            var claims = lines.Select(l => new FeeClaim(l.FeeCode, l.Amount, l.Reason, l.Kind, l.LegalBasisId)).ToList();
            // Named twice is demanded twice.
            if (lines.Where(l => l.FeeCode != PaymentLine.Other).GroupBy(l => l.FeeCode).Any(g => g.Count() > 1))
                throw new BusinessRuleException(PaymentErrors.DemandedAlready);
            dossier.RequestPayment(claims, d.Notice, d.Timing, centre.Calendar, by, now);
        }
        else
            dossier.RequestPayment(
                d.Amount ?? throw new BusinessRuleException(PaymentErrors.AmountMissing.At("/amount")),
                d.Notice,
                d.Timing,
                centre.Calendar,
                by,
                now
            );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class RequestPaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/request-payment", Handle).Requires(DossiersPermissions.DemandPayment);

    /// <summary>Request a payment</summary>
    /// <remarks>Demands a fee, charge or other financial obligation, line by line. It follows from the tariff or carries a reason, and nothing is demanded twice. Demanded for now, it stops the clock until it is paid; of a dossier that is not handed over yet, that is a payment before the work, and the clock runs.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        PaymentDemand demand,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RequestPayment(id, ifMatch.Version, demand), ct));
}
