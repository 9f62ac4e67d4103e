using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>The decision that publishes a draft.</summary>
/// <param name="EffectiveFrom">First day it is in force, after that of the last version and not before the decision.</param>
/// <param name="Decision">The decision by which it is published (quyết định công bố).</param>
/// <param name="DecidedOn">Day of the decision.</param>
internal sealed record Publication(DateOnly EffectiveFrom, string Decision, DateOnly DecidedOn);

internal sealed record PublishProcedureDraft(string Code, uint Seen, Publication Publication) : ICommand<Versioned<ProcedureView>>;

internal sealed class PublishProcedureDraftValidator : AbstractValidator<PublishProcedureDraft>
{
    public PublishProcedureDraftValidator() =>
        RuleFor(c => c.Publication.Decision).NotEmpty().MaximumLength(300).OverridePropertyName("decision");
}

internal sealed class PublishProcedureDraftHandler(
    IRepository<ProcedureDraft> drafts,
    IRepository<Procedure> procedures,
    ICatalogue catalogue,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<PublishProcedureDraft, Versioned<ProcedureView>>
{
    public async Task<Versioned<ProcedureView>> Handle(PublishProcedureDraft request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var draft = await drafts.Get(new DraftOfProcedure(request.Code), request.Seen, ct);
        var ((effectiveFrom, decision, decidedOn), content, now) = (request.Publication, draft.Content, clock.GetUtcNow());
        if (effectiveFrom < decidedOn)
            throw new BusinessRuleException(CatalogueErrors.EffectiveBeforeDecision.At("/effectiveFrom"));
        content.DemandComplete();
        CatalogueRules.Check(content, await catalogue.Facts(ct), effectiveFrom);
        var procedure = await procedures.First(new ProcedureWithCode(draft.Code), ct);
        if (procedure is null)
        {
            procedure = Procedure.Publish(draft.Code, draft.FieldCode, effectiveFrom, decision, content, now, decidedOn, now.LocalDay());
            procedures.Add(procedure);
        }
        else
            procedure.Publish(effectiveFrom, decision, content, decidedOn, now.LocalDay());
        drafts.Remove(draft);
        await procedures.Save(ct);
        return new(ProcedureView.Of(procedure, procedure.Versions.MaxBy(v => v.Number)!, now.LocalDay()), procedure.Version);
    }
}

internal sealed class PublishProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/procedure-drafts/{code}/publish", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Publish a draft of a procedure</summary>
    /// <remarks>Turns a complete draft into the next version, by its decision. Open dossiers keep the version they were received under.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<CreatedAnswer<ProcedureView>> Handle(
        string code,
        Publication publication,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) =>
        new(
            $"/api/v1/procedures/{Uri.EscapeDataString(code)}",
            await sender.Send(new PublishProcedureDraft(code, ifMatch.Version, publication), ct)
        );
}
