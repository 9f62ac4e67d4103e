using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Supplements;

/// <summary>Why a second request is allowed.</summary>
/// <param name="Law" example="Luật Đất đai 2024">The special law.</param>
/// <param name="Office" example="Giám đốc Sở">Who approves, by office.</param>
internal sealed record SupplementLeave(string Law, string Office);

internal sealed record ApproveSupplement(Guid Id, uint Seen, SupplementLeave Leave) : ICommand<Versioned<DossierView>>;

internal sealed class ApproveSupplementValidator : AbstractValidator<ApproveSupplement>
{
    public ApproveSupplementValidator()
    {
        RuleFor(c => c.Leave.Law).NotEmpty().MaximumLength(300).OverridePropertyName("law");
        RuleFor(c => c.Leave.Office).NotEmpty().MaximumLength(200).OverridePropertyName("office");
    }
}

internal sealed class ApproveSupplementHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ApproveSupplement, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ApproveSupplement request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.ApproveSupplement(request.Leave.Law, request.Leave.Office, user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ApproveSupplementEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/approve-supplement", Handle).Requires(DossiersPermissions.ApproveSupplement);

    /// <summary>Approve a second supplement</summary>
    /// <remarks>Allows one further request for papers because a special law does. Somebody else than the one who approves has to ask.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        SupplementLeave leave,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ApproveSupplement(id, ifMatch.Version, leave), ct));
}
