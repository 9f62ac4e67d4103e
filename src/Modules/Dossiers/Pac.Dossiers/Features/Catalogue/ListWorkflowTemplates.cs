using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListWorkflowTemplates(PageRequest Page) : IQuery<Page<WorkflowTemplateView>>;

/// <summary>A workflow that procedures may take their steps from.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="Hours">Working hours of all steps together; 8 make a day.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record WorkflowTemplateView(
    string Code,
    string Name,
    string NameEn,
    IReadOnlyList<ProcedureStep> Steps,
    decimal Hours,
    string Source
)
{
    public static WorkflowTemplateView Of(WorkflowTemplate t) =>
        new(t.Code, t.Name, t.NameEn, ProcedureStep.Of(t.Steps), t.Steps.Sum(s => s.Hours), t.Source);
}

internal sealed class ListWorkflowTemplatesHandler(DossiersDbContext db)
    : IRequestHandler<ListWorkflowTemplates, Page<WorkflowTemplateView>>
{
    public async Task<Page<WorkflowTemplateView>> Handle(ListWorkflowTemplates request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.WorkflowTemplates.AsNoTracking();
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(t => t.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(t => t.Code).Take(size + 1).ToListAsync(ct);
        return Page<WorkflowTemplateView>.Of([.. page.Select(WorkflowTemplateView.Of)], size, t => [t.Code], total);
    }
}

internal sealed class ListWorkflowTemplatesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/workflow-templates", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the workflow templates</summary>
    /// <remarks>Gives the workflows that procedures take their steps from, by code, one page at a time.</remarks>
    private static async Task<PageAnswer<WorkflowTemplateView>> Handle(
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListWorkflowTemplates(page), ct));
}
