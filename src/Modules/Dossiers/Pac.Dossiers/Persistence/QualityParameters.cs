using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain.Figures;

namespace Pac.Dossiers.Persistence;

/// <summary>Reads what the indices are worth.</summary>
internal static class QualityParameterQueries
{
    /// <summary>The value of each index in force on a day, by index.</summary>
    public static async Task<Dictionary<string, QualityParameter>> QualityParametersOn(
        this DossiersDbContext db,
        DateOnly day,
        CancellationToken ct
    ) =>
        (await db.QualityParameters.AsNoTracking().Where(p => p.EffectiveFrom <= day).ToListAsync(ct))
            .GroupBy(p => p.Index)
            .ToDictionary(g => g.Key, g => g.MaxBy(p => p.EffectiveFrom)!);
}

internal sealed class QualityParameters(DossiersDbContext db) : IQualityParameters
{
    public Task<DateOnly?> LastOf(string index, CancellationToken ct) =>
        db.QualityParameters.Where(p => p.Index == index).MaxAsync(p => (DateOnly?)p.EffectiveFrom, ct);

    public Task Save(QualityParameter parameter, CancellationToken ct)
    {
        db.QualityParameters.Add(parameter);
        db.Note("QualityParameter", parameter.Index);
        return db.SaveChangesAsync(ct);
    }
}
