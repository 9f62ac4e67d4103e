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

/// <summary>A workflow that procedures may take their steps from.</summary>
/// <param name="Code">Its code: letters and digits.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="Source">Where it comes from, such as the decision that approved it.</param>
internal sealed record AddWorkflowTemplate(string Code, string Name, string NameEn, IReadOnlyList<ProcedureStep> Steps, string Source)
    : ICommand<WorkflowTemplateView>;

internal sealed class AddWorkflowTemplateValidator : AbstractValidator<AddWorkflowTemplate>
{
    public AddWorkflowTemplateValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40).MatchesWhole("^[A-Za-z0-9-]+$");
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.NameEn).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Source).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Steps).NotEmpty().MostItems(30);
        RuleForEach(c => c.Steps).SetValidator(new ProcedureStepValidator());
    }
}

internal sealed class AddWorkflowTemplateHandler(IRepository<WorkflowTemplate> templates, CurrentUser user)
    : IRequestHandler<AddWorkflowTemplate, WorkflowTemplateView>
{
    public async Task<WorkflowTemplateView> Handle(AddWorkflowTemplate request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        if (await templates.Any(new TemplateWithCode(request.Code), ct))
            throw new BusinessRuleException(CatalogueErrors.AlreadyThere.At("/code"));
        var steps = request.Steps.Select(s => s.ToStep()).ToList();
        var template = WorkflowTemplate.Add(request.Code, request.Name, request.NameEn, steps, request.Source);
        templates.Add(template);
        await templates.Save(ct);
        return WorkflowTemplateView.Of(template);
    }
}

internal sealed class AddWorkflowTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/workflow-templates", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Add a workflow template</summary>
    /// <remarks>Takes in a workflow with roles, allotted hours and parallel consultations. It never changes: versions keep the steps they were published with.</remarks>
    private static async Task<ValueAnswer<WorkflowTemplateView>> Handle(
        AddWorkflowTemplate command,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(command, ct));
}
