using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

internal sealed record EndLegalHold(Guid Id) : ICommand<LegalHoldView>;

internal sealed class EndLegalHoldHandler(IRepository<Dossier> dossiers, IRepository<LegalHold> holds, CurrentUser user, TimeProvider clock)
    : IRequestHandler<EndLegalHold, LegalHoldView>
{
    public async Task<LegalHoldView> Handle(EndLegalHold request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        if (await holds.First(new HoldOn(dossier.Id), ct) is not { } hold)
            throw new BusinessRuleException(RetentionErrors.NotHeld);
        hold.End(user.Caller.Subject, clock.GetUtcNow());
        await holds.Save(ct);
        return new(hold.Reason, hold.SetBy, hold.SetAt);
    }
}

internal sealed class EndLegalHoldEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/legal-hold/end", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>End the legal hold on a dossier</summary>
    /// <remarks>Lets the rule of the dossier count again; what is due by it is erased with the next erasure.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<LegalHoldView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new EndLegalHold(id), ct));
}
