using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;

namespace Pac.Dossiers.Persistence;

/// <summary>Reads the facts of dossiers one after the other, whatever their number; nothing of the applicant leaves the database.</summary>
internal static class FactsQueries
{
    /// <summary>
    /// What had to do with a period: received before its end, and not yet settled, or settled or returned since its begin, and what was not
    /// accepted at intake in it; in the order of reception.
    /// </summary>
    public static IAsyncEnumerable<DossierFacts> FactsOf(
        this DossiersDbContext db,
        DataScope scope,
        DateTimeOffset begin,
        DateTimeOffset end
    ) =>
        db.Facts(
                db.AllDossiers.Where(new VisibleIn(scope))
                    .Where(d => !d.OnlySubmitted || d.Outcome == Outcome.Rejection)
                    .Where(d => d.ReceivedAt < end && (d.SettledAt == null || d.SettledAt >= begin || d.ReturnedAt >= begin))
                    .OrderBy(d => d.ReceivedAt)
                    .ThenBy(d => d.Id),
                withFiles: true
            )
            .AsAsyncEnumerable();

    /// <summary>
    /// The dossiers that a definition may judge otherwise than the summaries, which count by instant. Each part of the union has an index: the
    /// late ones, the open ones that are due, and those that ever waited for a supplement.
    /// </summary>
    public static IAsyncEnumerable<DossierFacts> Doubtful(
        this DossiersDbContext db,
        FigureQuery query,
        OnTimeRule rule,
        (DateTimeOffset Begin, DateTimeOffset End, DateTimeOffset CutOff) period
    )
    {
        var (begin, end, cutOff) = period;
        var all = Filtered(db.AllDossiers.Where(new VisibleIn(query.Scope)), query.Filters).Where(d => !d.OnlySubmitted);
        var late = all.Where(new SettledLate()).Where(d => d.SettledAt >= begin && d.ReceivedAt < end);
        if (rule == OnTimeRule.ByDay)
            return db.Facts(late.Where(d => d.SettledAt < end)).AsAsyncEnumerable();
        var due = all.Where(d => d.SettledAt == null && d.DueAt < cutOff && d.ReceivedAt < end);
        var paused = Filtered(
                db.AllDossiers.FromSqlRaw($"SELECT * FROM dossiers.dossiers WHERE {PausedDossierIndex.Paused}")
                    .Where(new VisibleIn(query.Scope)),
                query.Filters
            )
            .Where(d => d.ReceivedAt < end && (d.SettledAt == null || d.SettledAt >= begin));
        var ids = late.Select(d => d.Id).Union(due.Select(d => d.Id)).Union(paused.Select(d => d.Id));
        return db.Facts(all.Where(d => ids.Contains(d.Id))).AsAsyncEnumerable();
    }

    /// <summary>What is known of one dossier, as figures, late list and proof judge it.</summary>
    public static Task<DossierFacts> FactsOf(this DossiersDbContext db, DossierId id, CancellationToken ct) =>
        db.Facts(db.AllDossiers.Where(d => d.Id == id)).SingleAsync(ct);

    /// <summary>Codes of the centres that have figures.</summary>
    public static Task<List<string>> CentresWithFigures(this DossiersDbContext db, CancellationToken ct) =>
        db.CentresWithFigures(DateOnly.MaxValue, ct);

    /// <summary>Codes of the centres that have figures up to a day.</summary>
    public static Task<List<string>> CentresWithFigures(this DossiersDbContext db, DateOnly to, CancellationToken ct) =>
        db.Summaries.Where(s => s.Grain == "c" && s.Period <= to).Select(s => s.CentreCode).Distinct().OrderBy(c => c).ToListAsync(ct);

    private static IQueryable<Dossier> Filtered(IQueryable<Dossier> dossiers, IReadOnlyDictionary<string, string> filters)
    {
        foreach (var (name, value) in filters)
            dossiers = name switch
            {
                "centre" => dossiers.Where(d => d.CentreCode == value),
                "agency" => dossiers.Where(d => d.AgencyCode == value),
                "field" => dossiers.Where(d => d.FieldCode == value),
                "procedure" => dossiers.Where(d => d.ProcedureCode == value),
                "assistance" => OfAssistance(dossiers, Enum.Parse<Assistance>(value)),
                _ => OfChannel(dossiers, Enum.Parse<Channel>(value)),
            };
        return dossiers;
    }

    private static IQueryable<Dossier> OfChannel(IQueryable<Dossier> dossiers, Channel channel) =>
        dossiers.Where(d => d.Channel == channel);

    private static IQueryable<Dossier> OfAssistance(IQueryable<Dossier> dossiers, Assistance assistance) =>
        dossiers.Where(d => d.Assistance == assistance);

    private static IQueryable<DossierFacts> Facts(this DossiersDbContext db, IQueryable<Dossier> dossiers, bool withFiles = false) =>
        dossiers.Select(d => new DossierFacts(
            d.Id.Value,
            d.Code,
            d.CentreCode,
            d.AgencyCode,
            d.FieldCode,
            d.ProcedureCode,
            d.ProcedureVersion,
            d.Channel,
            d.Status,
            d.ReceivedAt,
            d.DueAt,
            d.SettledAt,
            d.ReturnedAt,
            d.Outcome,
            d.Clock,
            d.LateCause,
            d.Assistance,
            d.OnlySubmitted,
            db.TakenByPortal.Any(m => m.DossierId == d.Id),
            d.LateCauseHash,
            withFiles && d.Source == null
                ? new FileMarks(
                    db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Kind == FileKind.Result),
                    db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Kind != FileKind.Result),
                    db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Origin == FileOrigin.Reused),
                    db.Files.Any(f => f.DossierId == d.Id && f.RemovedAt == null && f.Origin == FileOrigin.SharedStore),
                    d.Channel,
                    d.Components
                )
                : null,
            WithdrawalWish.Of(d.Withdrawal),
            withFiles
                ? new FeeFacts(
                    db.AllDossiers.FromSqlRaw(MoneySql.HavingFee).Any(x => x.Id == d.Id),
                    db.AllDossiers.FromSqlRaw(MoneySql.BeingPaidOnline).Any(x => x.Id == d.Id)
                )
                : null,
            withFiles ? new Hands(d.Steps, d.Turns) : null
        ));
}
