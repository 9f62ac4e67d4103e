using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

/// <summary>Why a dossier is to be kept.</summary>
/// <param name="Reason" example="Tòa án yêu cầu giữ hồ sơ">Why, such as the court that asks for it; no personal data.</param>
internal sealed record HoldReason(string Reason);

internal sealed record SetLegalHold(Guid Id, HoldReason Hold) : ICommand<LegalHoldView>;

internal sealed class SetLegalHoldValidator : AbstractValidator<SetLegalHold>
{
    public SetLegalHoldValidator() => RuleFor(c => c.Hold.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
}

internal sealed class SetLegalHoldHandler(IRepository<Dossier> dossiers, IRepository<LegalHold> holds, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SetLegalHold, LegalHoldView>
{
    public async Task<LegalHoldView> Handle(SetLegalHold request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        if (await holds.Any(new HoldOn(dossier.Id), ct))
            throw new BusinessRuleException(RetentionErrors.AlreadyHeld);
        var hold = LegalHold.Set(dossier, request.Hold.Reason, user.Caller.Subject, clock.GetUtcNow());
        // The dossier changes as well: of an erasure and a hold at the same moment one finds that it came too late.
        dossier.Keep();
        holds.Add(hold);
        await holds.Save(ct);
        return new(hold.Reason, hold.SetBy, hold.SetAt);
    }
}

internal sealed class SetLegalHoldEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/legal-hold", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>Put a dossier under a legal hold</summary>
    /// <remarks>Keeps the personal data of a dossier whatever its rule says, as while a court needs them.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<LegalHoldView>> Handle(Guid id, HoldReason hold, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new SetLegalHold(id, hold), ct));
}
