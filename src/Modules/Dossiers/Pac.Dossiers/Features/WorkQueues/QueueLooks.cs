using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.WorkQueues;

/// <summary>How long something counts as due soon, as this host read it last.</summary>
internal sealed class KnownThreshold
{
    public (Term Term, DateTimeOffset Until)? Kept { get; set; }
}

/// <summary>Prepares a look at the queues: who looks, and until when something is due soon by the hours of each centre.</summary>
internal sealed class QueueLooks(ILaw laws, CentreCalendars centres, KnownThreshold known, CurrentUser user, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    public async Task<QueueLook> Now(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var soon = await Threshold(now, ct);
        var calendars = await centres.All(ct);
        var horizons = calendars
            .GroupBy(c => c.Value)
            .Select(g => new DueHorizon([.. g.Select(c => c.Key)], g.Key.DueAt(now, soon, DuePolicy.SameClockTime)))
            .ToList();
        return new(user.Caller.Subject, user.Scope, now, horizons);
    }

    /// <summary>How long before its end something counts as due soon.</summary>
    public async Task<Term> Threshold(DateTimeOffset now, CancellationToken ct)
    {
        if (known.Kept is { } kept && kept.Until > now)
            return kept.Term;
        var term = (await laws.On(now.LocalDay(), ct)).Term(LawInForce.DueSoon);
        known.Kept = (term, now + Fresh);
        return term;
    }
}
