using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

/// <summary>
/// Tells those who have to know that a term nears its end or has passed, and takes back what no longer holds because the term moved or ended.
/// Every host may be at it; each dossier is taken by one, and nobody is told twice.
/// </summary>
internal sealed class EscalationWatch(
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<EscalationWatch> logger
) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Looks until nothing is left to look at. Returns how many people were told.</summary>
    public async Task<int> Once(CancellationToken ct)
    {
        var told = 0;
        var isFirst = true;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
            db.User.Act = "watch-escalations";
            var now = clock.GetUtcNow();
            if (isFirst)
                await db.LookAtNew(now, ct);
            isFirst = false;
            var taken = await db.TakeLooks(now, Batch, ct);
            if (taken.Count > 0)
                told += await Look(scope.ServiceProvider, db, taken, now, ct);
            await db.SaveChangesAsync(ct);
            if (taken.Count < Batch)
                return told;
        }
    }

    private static async Task<int> Look(
        IServiceProvider services,
        DossiersDbContext db,
        Dictionary<DossierId, DateTimeOffset> taken,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var ids = taken.Keys.ToList();
        var dossiers = await db.AllDossiers.AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        var before = (await db.Escalations.Where(e => ids.Contains(e.DossierId)).ToListAsync(ct)).ToLookup(e => e.DossierId);
        var law = await services.GetRequiredService<ILaw>().On(now.LocalDay(), ct);
        var rules = EscalationPlan.InForce(await db.EscalationRules.AsNoTracking().ToListAsync(ct), now.LocalDay());
        var calendars = await services.GetRequiredService<CentreCalendars>().All(ct);
        var awaited = (
            await db
                .Consultations.AsNoTracking()
                .Where(c => ids.Contains(c.DossierId) && c.AnsweredAt == null && c.WithdrawnAt == null)
                .ToListAsync(ct)
        ).ToLookup(c => c.DossierId);
        var asked = awaited.SelectMany(a => a.Select(c => c.AgencyCode));
        var overseeing = await services.GetRequiredService<IOverseers>().Of(dossiers, asked, ct);
        var told = 0;
        List<(Dossier, DateTimeOffset?, bool)> looked = [];
        foreach (var dossier in dossiers)
        {
            var terms = dossier.RunningTerms(law, calendars[dossier.CentreCode], awaited[dossier.Id], now);
            foreach (var old in before[dossier.Id])
                if (
                    !terms.Any(t => t.Kind == old.Term && t.DueAt == old.TermDueAt)
                    && (old.Term != WatchedTermKind.Press || dossier.SettledAt is not null)
                )
                    old.Withdraw(now);
            // What was overdue before it was imported is nobody's surprise.
            DateTimeOffset? since = dossier.Source is null ? null : taken[dossier.Id];
            var plan = EscalationPlan.Of(terms, rules, calendars[dossier.CentreCode], since, now);
            foreach (var (due, person) in ToTell(dossier, plan, overseeing, [.. before[dossier.Id]]))
            {
                db.Escalations.Add(Escalation.Raise(dossier, due, person, now));
                told++;
            }
            looked.Add((dossier, plan.NextAt, dossier.SettledAt is not null && dossier.Delivery != DeliveryStatus.Ready));
        }
        await db.PutLooksOff(looked, ct);
        return told;
    }

    // Of several opinions that are due at one instant each agency is told, and whoever waits for all of them once.
    private static IEnumerable<(DueEscalation Due, string Person)> ToTell(
        Dossier dossier,
        EscalationPlan plan,
        Overseeing overseeing,
        IReadOnlyList<Escalation> before
    ) =>
        plan
            .Due.Where(d => !before.Any(b => IsThat(b, d)))
            .SelectMany(d => overseeing.Told(dossier, d.Rule.To, d.Term.AgencyCode).DefaultIfEmpty("").Select(p => (Due: d, Person: p)))
            .DistinctBy(t => (t.Due.Term.Kind, t.Due.Term.DueAt, t.Due.Rule.Level, t.Due.Round, t.Person));

    private static bool IsThat(Escalation told, DueEscalation due) =>
        (told.Term, told.TermDueAt, told.Level, told.Round) == (due.Term.Kind, due.Term.DueAt, due.Rule.Level, due.Round);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
            return;
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.EscalationsFailed(logger, e.GetType().Name);
            }
        }
    }
}
