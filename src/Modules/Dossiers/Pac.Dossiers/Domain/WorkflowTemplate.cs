using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>
/// A workflow (quy trình nội bộ mẫu) that procedures take their steps from. It never changes: a version keeps the steps it was published with, and
/// another workflow is another template.
/// </summary>
internal sealed class WorkflowTemplate : AggregateRoot
{
    private WorkflowTemplate() { }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public IReadOnlyList<WorkflowStep> Steps { get; private set; } = [];

    /// <summary>Where it comes from.</summary>
    public string Source { get; private set; } = "";

    public static WorkflowTemplate Add(string code, string name, string nameEn, IReadOnlyList<WorkflowStep> steps, string source)
    {
        CatalogueRules.CheckSteps(steps, "/steps");
        var template = new WorkflowTemplate
        {
            Code = code,
            Name = name,
            NameEn = nameEn,
            Steps = steps,
            Source = source,
        };
        template.Touch();
        return template;
    }
}

internal sealed class TemplateWithCode(string code) : Specification<WorkflowTemplate>
{
    protected override Expression<Func<WorkflowTemplate, bool>> Build() => t => t.Code == code;
}
