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

/// <summary>The decision on a refund.</summary>
/// <param name="Approved">Whether the money is given back.</param>
/// <param name="Number">Which refund of the dossier, from 1; the first when not given.</param>
/// <param name="Note">What the decision says; needed to refuse. No personal data.</param>
internal sealed record RefundDecision(bool Approved, int Number = 1, string? Note = null);

internal sealed record DecideRefund(Guid Id, uint Seen, RefundDecision Decision) : ICommand<Versioned<DossierView>>;

internal sealed class DecideRefundValidator : AbstractValidator<DecideRefund>
{
    public DecideRefundValidator()
    {
        RuleFor(c => c.Decision.Number).InclusiveBetween(1, 1000).OverridePropertyName("number");
        RuleFor(c => c.Decision.Note).MaximumLength(300).OverridePropertyName("note");
    }
}

internal sealed class DecideRefundHandler(IRepository<Dossier> dossiers, ICashBook book, CurrentUser user, TimeProvider clock)
    : IRequestHandler<DecideRefund, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(DecideRefund request, CancellationToken ct)
    {
        await book.Hold(new(request.Id), ct);
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var (d, now) = (request.Decision, clock.GetUtcNow());
        var document = d.Approved ? await book.NextRefundNumber(dossier.ServingCentre, now.LocalDay(), ct) : null;
        dossier.DecideRefund(d.Number, document, d.Note, user.Caller.Subject, now);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class DecideRefundEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/decide-refund", Handle).Requires(DossiersPermissions.ApproveRefund);

    /// <summary>Decide on a refund</summary>
    /// <remarks>Approves a refund, which gives it its document number, or refuses it with a reason. Whoever took the money or asked for it to be given back cannot decide.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        RefundDecision decision,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new DecideRefund(id, ifMatch.Version, decision), ct));
}
