using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.HandOver;

/// <summary>Why a finished dossier may be opened again.</summary>
/// <param name="Reason">Why, with the law. No personal data.</param>
/// <param name="Office" example="Giám đốc Sở">Who approves, by office.</param>
internal sealed record ReopeningLeave(string Reason, string Office);

internal sealed record ApproveReopening(Guid Id, uint Seen, ReopeningLeave Leave) : ICommand<Versioned<DossierView>>;

internal sealed class ApproveReopeningValidator : AbstractValidator<ApproveReopening>
{
    public ApproveReopeningValidator()
    {
        RuleFor(c => c.Leave.Reason).NotEmpty().MaximumLength(150).OverridePropertyName("reason");
        RuleFor(c => c.Leave.Office).NotEmpty().MaximumLength(80).OverridePropertyName("office");
    }
}

internal sealed class ApproveReopeningHandler(IRepository<Dossier> dossiers, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ApproveReopening, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ApproveReopening request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        dossier.ApproveReopening(request.Leave.Reason.Trim(), request.Leave.Office.Trim(), user.Caller.Subject, clock.GetUtcNow());
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ApproveReopeningEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/approve-reopening", Handle).Requires(DossiersPermissions.ApproveSpecial);

    /// <summary>Approve a reopening</summary>
    /// <remarks>Allows a finished dossier to be opened again once. Somebody else than the one who approves has to open it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        ReopeningLeave leave,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ApproveReopening(id, ifMatch.Version, leave), ct));
}
