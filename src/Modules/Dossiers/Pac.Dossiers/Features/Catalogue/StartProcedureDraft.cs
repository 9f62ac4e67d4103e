using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A draft that is begun.</summary>
/// <param name="Code">Code of the procedure, known or new.</param>
/// <param name="FieldCode">Field of a new procedure.</param>
/// <param name="Details">What it says; what the last version says when left out.</param>
internal sealed record StartProcedureDraft(string Code, string? FieldCode = null, ProcedureDetails? Details = null)
    : ICommand<Versioned<DraftView>>;

internal sealed class StartProcedureDraftValidator : AbstractValidator<StartProcedureDraft>
{
    public StartProcedureDraftValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40).MatchesWhole("^[0-9A-Z][0-9A-Z.-]*$");
        RuleFor(c => c.FieldCode).MaximumLength(40);
        RuleFor(c => c.Details!).SetValidator(new ProcedureDetailsValidator()).When(c => c.Details is not null);
    }
}

internal sealed class StartProcedureDraftHandler(
    IRepository<ProcedureDraft> drafts,
    IRepository<Procedure> procedures,
    ICatalogue catalogue,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<StartProcedureDraft, Versioned<DraftView>>
{
    public async Task<Versioned<DraftView>> Handle(StartProcedureDraft request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        if (await drafts.Any(new DraftOfProcedure(request.Code), ct))
            throw new BusinessRuleException(CatalogueErrors.DraftExists.At("/code"));
        var procedure = await procedures.First(new ProcedureWithCode(request.Code), ct);
        var last = procedure?.Versions.MaxBy(v => v.Number);
        var content =
            request.Details?.ToContent()
            ?? last?.Content
            ?? throw new BusinessRuleException(CatalogueErrors.NothingToStartFrom.At("/details"));
        var field =
            procedure?.FieldCode
            ?? request.FieldCode
            ?? throw new BusinessRuleException(CatalogueErrors.NothingToStartFrom.At("/fieldCode"));
        var facts = await catalogue.Facts(ct);
        if (!facts.Fields.Contains(field) || request.FieldCode is { } named && named != field)
            throw new BusinessRuleException(ProcedureErrors.UnknownField.At("/fieldCode"));
        content = CatalogueRules.WithTemplate(content, facts);
        var draft = ProcedureDraft.Start(request.Code, field, last?.Number, content, user.Caller.Subject, clock.GetUtcNow());
        drafts.Add(draft);
        await drafts.Save(ct);
        return new(DraftView.Of(draft), draft.Version);
    }
}

internal sealed class StartProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/procedure-drafts", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Start a draft of a procedure</summary>
    /// <remarks>Begins to work on the next version of a procedure, or on a new procedure. There is one draft of each at a time, and nobody receives by it.</remarks>
    private static async Task<CreatedAnswer<DraftView>> Handle(StartProcedureDraft command, ISender sender, CancellationToken ct)
    {
        var draft = await sender.Send(command, ct);
        return new($"/api/v1/procedure-drafts/{Uri.EscapeDataString(draft.Item.Code)}", draft);
    }
}
