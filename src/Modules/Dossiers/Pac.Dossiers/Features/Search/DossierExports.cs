using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Search;

/// <summary>An export holds what the list shows by the same filters.</summary>
internal static class DossierExports
{
    public static DossierFilter Asked(ExportFilter f) =>
        new(
            f.Code,
            f.Status,
            f.ProcedureCode,
            f.FieldCode,
            f.CentreCode,
            f.AgencyCode,
            f.Channel,
            f.AssignedTo,
            f.ReceivedFrom,
            f.ReceivedTo,
            f.Overdue
        );
}
