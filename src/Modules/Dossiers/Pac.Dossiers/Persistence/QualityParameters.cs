using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain.Figures;

namespace Pac.Dossiers.Persistence;

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
