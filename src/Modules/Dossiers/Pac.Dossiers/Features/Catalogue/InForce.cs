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
    /// <exception cref="NotFoundException">There is no such variant or group.</exception>
    public static ProcedureContent Asked(this ProcedureVersion version, string? variantCode, string? personGroup)
    {
        if (variantCode is not null && version.Content.Variants.All(v => v.Code != variantCode))
            throw new NotFoundException("variant");
        if (personGroup is not null && version.Content.PersonGroups.All(g => g.Code != personGroup))
            throw new NotFoundException("person-group");
        return version.Content.For(variantCode);
    }
}
