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

/// <summary>Which version an open dossier is to follow, and why.</summary>
/// <param name="Version">Number of the version of its procedure.</param>
/// <param name="Reason">Why.</param>
/// <param name="VariantCode">The variant it then follows; the ordinary case when left out.</param>
internal sealed record VersionMove(int Version, string Reason, string? VariantCode = null);

internal sealed record MoveDossierToVersion(Guid Id, uint Seen, VersionMove Move) : ICommand<Versioned<DossierView>>;

internal sealed class MoveDossierToVersionValidator : AbstractValidator<MoveDossierToVersion>
{
    public MoveDossierToVersionValidator()
    {
        RuleFor(c => c.Move.Version).InclusiveBetween(1, 10_000).OverridePropertyName("version");
        RuleFor(c => c.Move.Reason).NotEmpty().MaximumLength(150).OverridePropertyName("reason");
        RuleFor(c => c.Move.VariantCode).MaximumLength(40).OverridePropertyName("variantCode");
    }
}

internal sealed class MoveDossierToVersionHandler(
    IRepository<Dossier> dossiers,
    ICatalogue catalogue,
    CentreCalendars centres,
    StepConsultations consultations,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<MoveDossierToVersion, Versioned<DossierView>>
{
    public async Task<Versioned<DossierView>> Handle(MoveDossierToVersion request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), request.Seen, ct);
        var move = request.Move;
        var procedure = await catalogue.Refresh(dossier.ProcedureCode, ct);
        var version =
            procedure?.Versions.FirstOrDefault(v => v.Number == move.Version)
            ?? throw new BusinessRuleException(CatalogueErrors.VersionNotThere.At("/version"));
        // By no older calendar than the due instant was computed with.
        var centre =
            await centres.Find(dossier.CentreCode, dossier.Clock?.CalendarVersion ?? 0, ct)
            ?? throw new InvalidOperationException("A dossier names a centre that does not exist.");
        var now = clock.GetUtcNow();
        dossier.MoveToVersion(version, move.VariantCode, move.Reason.Trim(), centre.Calendar, user.Caller.Subject, now);
        await consultations.BeginUnder(version.Content.For(move.VariantCode), dossier, centre.Calendar, user.Caller.Subject, now, ct);
        await dossiers.Save(ct);
        return new(DossierView.Of(dossier), dossier.Version);
    }
}

internal sealed class MoveDossierToVersionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/move-to-version", Handle).Requires(DossiersPermissions.MoveVersion);

    /// <summary>Move a dossier to another version</summary>
    /// <remarks>Lets an open dossier follow the version or variant of its procedure that somebody else has approved, with approver and reason in its timeline. Steps done stay as they were; the due instant is computed anew from the reception. The agencies that the new version names for the step in hand are asked, unless they were.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ItemAnswer<DossierView>> Handle(
        Guid id,
        VersionMove move,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new MoveDossierToVersion(id, ifMatch.Version, move), ct));
}
