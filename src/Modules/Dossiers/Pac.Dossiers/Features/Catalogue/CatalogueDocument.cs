using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A procedure with all its published versions, as one document of an export.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="Versions">The versions, oldest first.</param>
/// <param name="EndsOn">Last day it is in force.</param>
/// <param name="EndDecision">The decision that ends it.</param>
/// <param name="SuccessorCode">The procedure that takes its place.</param>
internal sealed record CatalogueDocument(
    string Code,
    string FieldCode,
    IReadOnlyList<CatalogueVersion> Versions,
    DateOnly? EndsOn = null,
    string? EndDecision = null,
    string? SuccessorCode = null
)
{
    public static CatalogueDocument Of(Procedure p) =>
        new(
            p.Code,
            p.FieldCode,
            [
                .. p
                    .Versions.OrderBy(v => v.Number)
                    .Select(v => new CatalogueVersion(
                        v.Number,
                        v.EffectiveFrom,
                        v.Decision,
                        ProcedureDetails.Of(v.Content),
                        v.DecidedOn,
                        v.PublishedOn
                    )),
            ],
            p.EndsOn,
            p.EndDecision,
            p.SuccessorCode
        );
}

/// <summary>A published version of a procedure.</summary>
/// <param name="Number">Number of the version, from 1.</param>
/// <param name="EffectiveFrom">First day it is in force.</param>
/// <param name="Decision">The decision by which it was published.</param>
/// <param name="Details">What it says.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="PublishedOn">Day on which it was made public.</param>
internal sealed record CatalogueVersion(
    int Number,
    DateOnly EffectiveFrom,
    string Decision,
    ProcedureDetails Details,
    DateOnly? DecidedOn = null,
    DateOnly? PublishedOn = null
);
