using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features;

/// <summary>How punctually the province publishes procedures: the catalogue shows it, and indices 1.1 and 1.2 of Decision 766/QD-TTg count it.</summary>
internal sealed class PublicationTimes(DossiersDbContext db, CentreCalendars centres) : IQualityIndexSource
{
    /// <summary>The versions that were decided in a period, with how they lie to the times of publicity, by procedure and number.</summary>
    public async Task<IReadOnlyList<(Procedure Procedure, ProcedureVersion Version, PublicationTiming Timing)>> Of(
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var procedures = await db
            .Procedures.AsNoTracking()
            .Where(p => p.Versions.Any(v => v.DecidedOn >= from && v.DecidedOn <= to))
            .OrderBy(p => p.Code)
            .ToListAsync(ct);
        if (procedures.Count == 0 || await Calendar(ct) is not { } calendar)
            return [];
        string[] codes = [LawInForce.CatalogueDecision, LawInForce.CataloguePublication];
        var terms = await db.LegalTerms.AsNoTracking().Where(t => codes.Contains(t.Code) && t.FieldCode == "").ToListAsync(ct);
        return
        [
            .. procedures.SelectMany(p =>
                p.Versions.Where(v => v.DecidedOn >= from && v.DecidedOn <= to)
                    .OrderBy(v => v.Number)
                    .Select(v => (p, v, PublicationTiming.Of(v, calendar, new(terms.Where(t => t.EffectiveFrom <= v.DecidedOn)))))
            ),
        ];
    }

    /// <summary>The calendar of the province: the one that most of its centres keep. Null while there are no centres.</summary>
    public async Task<WorkingCalendar?> Calendar(CancellationToken ct) =>
        (await centres.All(ct))
            .Values.GroupBy(c => c.Definition.Code)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .MaxBy(g => g.Count())
            ?.First();

    public async Task<IReadOnlyDictionary<string, (long Numerator, long Denominator)>> Shares(
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var timings = (await Of(from, to, ct)).Select(v => v.Timing).ToList();
        var shares = new Dictionary<string, (long, long)>();
        Add("1.1", timings.Select(t => t.DecidedLate));
        Add("1.2", timings.Select(t => t.PublicLate));
        return shares;

        void Add(string index, IEnumerable<bool?> late)
        {
            var judged = late.OfType<bool>().ToList();
            if (judged.Count > 0)
                shares[index] = (judged.Count(l => !l), judged.Count);
        }
    }
}
