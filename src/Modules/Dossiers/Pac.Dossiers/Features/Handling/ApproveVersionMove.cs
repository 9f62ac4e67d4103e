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

/// <summary>Which version an open dossier may follow, and why.</summary>
/// <param name="Version">Number of the version of its procedure.</param>
/// <param name="Reason">Why. No personal data.</param>
/// <param name="Office" example="Giám đốc Trung tâm">Who approves, by office.</param>
/// <param name="VariantCode">The variant it may follow; the ordinary case when left out.</param>
internal sealed record VersionLeave(int Version, string Reason, string Office, string? VariantCode = null);

internal sealed record ApproveVersionMove(Guid Id, uint Seen, VersionLeave Leave) : ICommand<Versioned<DossierView>>;

internal sealed class ApproveVersionMoveValidator : AbstractValidator<ApproveVersionMove>
{
    public ApproveVersionMoveValidator()
    {
        RuleFor(c => c.Leave.Version).InclusiveBetween(1, 10_000).OverridePropertyName("version");
        RuleFor(c => c.Leave.Reason).NotEmpty().MaximumLength(150).OverridePropertyName("reason");
        RuleFor(c => c.Leave.Office).NotEmpty().MaximumLength(80).OverridePropertyName("office");
        RuleFor(c => c.Leave.VariantCode).MaximumLength(40).OverridePropertyName("variantCode");
    }
}

internal sealed class ApproveVersionMoveHandler(IRepository<Dossier> dossiers, ICatalogue catalogue, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ApproveVersionMove, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(ApproveVersionMove request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var leave = request.Leave;
        var procedure = await catalogue.Refresh(dossier.ProcedureCode, ct);
        var version =
            procedure?.Versions.FirstOrDefault(v => v.Number == leave.Version)
            ?? throw new BusinessRuleException(CatalogueErrors.VersionNotThere.At("/version"));
        dossier.ApproveVersionMove(
            version,
            leave.VariantCode,
            leave.Reason.Trim(),
            leave.Office.Trim(),
            user.Caller.Subject,
            clock.GetUtcNow()
        );
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class ApproveVersionMoveEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/approve-version-move", Handle).Requires(DossiersPermissions.ApproveSpecial);

    /// <summary>Approve the move to another version</summary>
    /// <remarks>Allows an open dossier to follow the version that is named, once. Somebody else than the one who approves has to move it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        VersionLeave leave,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ApproveVersionMove(id, ifMatch.Version, leave), ct));
}
