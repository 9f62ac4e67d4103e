using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ChangeProcedureDraft(string Code, uint Seen, ProcedureDetails Details) : ICommand<Versioned<DraftView>>;

internal sealed class ChangeProcedureDraftValidator : AbstractValidator<ChangeProcedureDraft>
{
    public ChangeProcedureDraftValidator() =>
        RuleFor(c => c.Details).SetValidator(new ProcedureDetailsValidator()).OverridePropertyName("");
}

internal sealed class ChangeProcedureDraftHandler(
    IRepository<ProcedureDraft> drafts,
    ICatalogue catalogue,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ChangeProcedureDraft, Versioned<DraftView>>
{
    public async Task<Versioned<DraftView>> Handle(ChangeProcedureDraft request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var draft = await drafts.Get(new DraftOfProcedure(request.Code), request.Seen, ct);
        var content = CatalogueRules.WithTemplate(request.Details.ToContent(), await catalogue.Facts(ct));
        draft.Change(content, user.Caller.Subject, clock.GetUtcNow());
        await drafts.Save(ct);
        return new(DraftView.Of(draft), draft.Version);
    }
}

internal sealed class ChangeProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/procedure-drafts/{code}", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Change a draft of a procedure</summary>
    /// <remarks>Replaces what the draft says. It may be incomplete; what is wrong with it is told by its check.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ItemAnswer<DraftView>> Handle(
        string code,
        ProcedureDetails details,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ChangeProcedureDraft(code, ifMatch.Version, details), ct));
}
