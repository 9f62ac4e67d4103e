using System.Linq.Expressions;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

internal sealed class ExportWithId(DossierExportId id) : Specification<DossierExport>
{
    protected override Expression<Func<DossierExport, bool>> Build() => e => e.Id == id;
}

/// <summary>
/// Exports that somebody asked for and may still see: whoever has got another data scope since then does not take the file of the former one along.
/// </summary>
internal sealed class ExportOf(string subject, DataScope scope) : Specification<DossierExport>
{
    protected override Expression<Func<DossierExport, bool>> Build()
    {
        var written = scope.ToString();
        return scope.Kind == DataScopeKind.Province ? e => e.RequestedBy == subject : e => e.RequestedBy == subject && e.Scope == written;
    }
}
