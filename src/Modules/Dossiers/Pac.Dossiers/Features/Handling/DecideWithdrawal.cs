using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Handling;

/// <summary>The answer to the wish to withdraw.</summary>
/// <param name="Granted">Whether the dossier is given back.</param>
/// <param name="Decision">Number and date of the decision that stands in the way; needed to refuse.</param>
/// <param name="Refund">Whether what was paid is given back as well.</param>
internal sealed record WithdrawalDecision(bool Granted, string? Decision = null, bool Refund = false);

internal sealed record DecideWithdrawal(Guid Id, uint Seen, WithdrawalDecision Decision) : ICommand<Versioned<DossierView>>;

internal sealed class DecideWithdrawalValidator : AbstractValidator<DecideWithdrawal>
{
    public DecideWithdrawalValidator() => RuleFor(c => c.Decision).SetValidator(new WithdrawalDecisionValidator()).OverridePropertyName("");
}

internal sealed class WithdrawalDecisionValidator : AbstractValidator<WithdrawalDecision>
{
    public WithdrawalDecisionValidator()
    {
        RuleFor(d => d.Decision).MaximumLength(200);
    }
}

internal sealed class DecideWithdrawalHandler(IRepository<Dossier> dossiers, CentreCalendars centres, CurrentUser user, TimeProvider clock)
    : IRequestHandler<DecideWithdrawal, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(DecideWithdrawal request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        if (request.Decision.Granted)
            dossier.GrantWithdrawal(request.Decision.Refund, user.Caller.Subject, clock.GetUtcNow());
        else
            dossier.RefuseWithdrawal(
                request.Decision.Decision,
                (await centres.Get(dossier, 0, ct)).Calendar,
                user.Caller.Subject,
                clock.GetUtcNow()
            );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class DecideWithdrawalEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/decide-withdrawal", Handle).Requires(DossiersPermissions.DecideWithdrawal);

    /// <summary>Decide on a withdrawal</summary>
    /// <remarks>Gives the dossier back (form 05), or refuses because there is a decision; then it stands where it stood.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        WithdrawalDecision decision,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new DecideWithdrawal(id, ifMatch.Version, decision), ct));
}
