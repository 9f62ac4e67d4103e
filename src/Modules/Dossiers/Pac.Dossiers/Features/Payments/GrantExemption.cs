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

/// <summary>That somebody is freed from a line of the price.</summary>
/// <param name="FeeCode">The line.</param>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="LegalBasisId">The instrument of the catalogue it rests on, in force today.</param>
/// <param name="Evidence">Number of the paper that proves it.</param>
/// <param name="Amount">How much less is to be paid, in dong; all that is still to be paid when left out.</param>
internal sealed record FeeExemptionGrant(string FeeCode, string Reason, string LegalBasisId, string Evidence, long? Amount = null);

internal sealed record GrantExemption(Guid Id, uint Seen, FeeExemptionGrant Grant) : ICommand<Versioned<DossierView>>;

internal sealed class GrantExemptionValidator : AbstractValidator<GrantExemption>
{
    public GrantExemptionValidator()
    {
        RuleFor(c => c.Grant.FeeCode).NotEmpty().MaximumLength(40).OverridePropertyName("feeCode");
        RuleFor(c => c.Grant.Reason).NotEmpty().MaximumLength(200).OverridePropertyName("reason");
        RuleFor(c => c.Grant.LegalBasisId).NotEmpty().MaximumLength(60).OverridePropertyName("legalBasisId");
        RuleFor(c => c.Grant.Evidence).NotEmpty().MaximumLength(200).OverridePropertyName("evidence");
        RuleFor(c => c.Grant.Amount).InclusiveBetween(1, 100_000_000_000).OverridePropertyName("amount");
    }
}

internal sealed class GrantExemptionHandler(
    IRepository<Dossier> dossiers,
    IRepository<LegalBasis> bases,
    ICashBook book,
    ILaw laws,
    CentreCalendars centres,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<GrantExemption, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(GrantExemption request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (g, now) = (request.Grant, clock.GetUtcNow());
        if ((await bases.First(new LegalBasisWithId(g.LegalBasisId), ct))?.InForceOn(now.LocalDay()) != true)
            throw new BusinessRuleException(PaymentErrors.UnknownBasis.At("/legalBasisId"));
        var centre = await centres.Get(dossier, 0, ct);
        // Nought stands for all that is still to be paid.
        var relief = new FeeRelief(g.FeeCode, FeeKind.Fee, g.Amount ?? 0, g.Reason, g.LegalBasisId, g.Evidence, user.Caller.Subject, now);
        dossier.Exempt(relief, centre.Calendar, await laws.On(now.LocalDay(), ct));
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class GrantExemptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/grant-exemption", Handle).Requires(DossiersPermissions.GrantExemption);

    /// <summary>Grant an exemption</summary>
    /// <remarks>Frees the person from a line of the price, in whole or in part, with the reason, the instrument and the paper that proves it. What is demanded and not paid becomes less; work that waited for it goes on. Exemptions by the tariff need no act.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        FeeExemptionGrant grant,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GrantExemption(id, ifMatch.Version, grant), ct));
}
