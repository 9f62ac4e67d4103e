using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.People;

/// <summary>What a person decides about two dossiers that look alike; no machine decides it.</summary>
/// <param name="OtherId">The other dossier.</param>
/// <param name="Same">Whether both are the same request. Nothing else happens: the person withdraws one, or it is stopped.</param>
/// <param name="Reason" example="Hai hồ sơ cho hai chỗ ở khác nhau">Why.</param>
internal sealed record DuplicateDecision(Guid OtherId, bool Same, string Reason);

internal sealed record JudgeDuplicate(Guid Id, uint Seen, DuplicateDecision Decision) : ICommand<Versioned<DossierView>>;

internal sealed class JudgeDuplicateValidator : AbstractValidator<JudgeDuplicate>
{
    public JudgeDuplicateValidator()
    {
        RuleFor(c => c.Decision.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
    }
}

internal sealed class JudgeDuplicateHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<JudgeDuplicate, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(JudgeDuplicate request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var d = request.Decision;
        var other =
            await dossiers.First(new DossierWithId(new(d.OtherId)), ct)
            ?? throw new BusinessRuleException(PeopleErrors.OtherPerson.At("/otherId"));
        dossier.JudgeDuplicate(other, d.Same, d.Reason.Trim(), user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class JudgeDuplicateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/judge-duplicate", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Judge a possible duplicate</summary>
    /// <remarks>Records whether another dossier of the same person and procedure is the same request, and why.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        DuplicateDecision decision,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new JudgeDuplicate(id, ifMatch.Version, decision), ct));
}
