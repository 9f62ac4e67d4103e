using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>Reads procedures for everybody.</summary>
internal static class InForce
{
    /// <summary>A procedure with the version in force on a day.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<(Procedure Procedure, ProcedureVersion Version)> On(
        this DossiersDbContext db,
        string code,
        DateOnly day,
        CancellationToken ct
    )
    {
        var procedure = await db.Procedures.AsNoTracking().FirstOrDefaultAsync(p => p.Code == code, ct);
        return procedure?.InForceOn(day) is { } version ? (procedure, version) : throw new NotFoundException("procedure");
    }

    /// <summary>The content of a version in the case that is asked about.</summary>
    /// <param name="version">The version.</param>
    /// <param name="variantCode">The variant; null for the ordinary case.</param>
    /// <param name="personGroup">The person's group.</param>
    /// <param name="at">Where in the request both are named.</param>
    /// <exception cref="BusinessRuleException">There is no such variant or group.</exception>
    public static ProcedureContent Case(this ProcedureVersion version, string? variantCode, string? personGroup, string at = "")
    {
        if (personGroup is not null && version.Content.PersonGroups.All(g => g.Code != personGroup))
            throw new BusinessRuleException(CatalogueErrors.UnknownPersonGroup.With(personGroup).At(at + "/personGroup"));
        if (variantCode is not null && version.Content.Variants.All(v => v.Code != variantCode))
            throw new BusinessRuleException(CatalogueErrors.UnknownVariant.With(variantCode).At(at + "/variantCode"));
        return version.Content.For(variantCode);
    }
}
