using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Exchange;

/// <summary>What is compared.</summary>
internal sealed record ReconciliationPeriod(ExchangePartner Partner, DateOnly From, DateOnly To, bool Repair);

/// <summary>What a comparison found.</summary>
/// <param name="Id">Its report.</param>
/// <param name="Compared">Dossiers compared.</param>
/// <param name="Differing">Those on which both sides do not agree.</param>
/// <param name="ToldAgain">Those that are told again.</param>
/// <param name="TakenIn">Those of which was taken in what the other side says.</param>
internal sealed record ReconciliationOutcome(Guid Id, int Compared, int Differing, int ToldAgain, int TakenIn);

/// <summary>
/// Compares by code and status what both sides have of the dossiers received in a period, and keeps the report. What is ours to state is told
/// again, and what is not is taken in: so what was shown late, when nobody asked for its day any more, comes as well.
/// </summary>
internal sealed class ReconcileWork(DossiersDbContext db, ExchangePartners partners, IMessageSeals seals, TimeProvider clock) : IJobWork
{
    public const string JobKind = "reconcile-exchange";

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var (partner, from, to, repair) = run.Parameters<ReconciliationPeriod>();
        if (!partners.On.Contains(partner))
            throw new JobFailedException(ExchangeErrors.Off.Code);
        var startedAt = clock.GetUtcNow();
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        var here = await Ours(begin, end, ct);
        var (there, wanted) = await Theirs(partner, begin, end, here, ct);
        var differences = StatusDifference.Between(here, there);
        var taken = 0;
        foreach (var text in repair ? wanted : [])
            taken += await db.TakeIn(seals, partner, text, startedAt, ct) ? 1 : 0;
        var report = Reconciliation.Of(partner, from, to, here.Keys.Union(there.Keys).Count(), differences, startedAt);
        await db.Begin(ct);
        string[] again = repair ? [.. differences.Where(d => d.StatedBy == StatedBy.Pac).Select(d => d.Code)] : [];
        await db.QueueAgain(partner, again, ct);
        await run.Report(report.Compared, report.Compared, null, ct);
        await db.KeepReport(report, differences, ct);
        return new ReconciliationOutcome(report.Id, report.Compared, report.Differing, again.Length, taken);
    }

    private async Task<Dictionary<string, (DossierStatus Status, StatedBy StatedBy)>> Ours(
        DateTimeOffset begin,
        DateTimeOffset end,
        CancellationToken ct
    )
    {
        var ours = await db
            .AllDossiers.Where(d => d.ReceivedAt >= begin && d.ReceivedAt < end)
            .Select(d => new
            {
                Code = d.PortalCode ?? d.Code,
                d.Status,
                d.StatedBy,
            })
            .ToListAsync(ct);
        // Two systems give out codes; where both gave the same one, one of the dossiers is compared.
        return ours.DistinctBy(d => d.Code).ToDictionary(d => d.Code, d => (d.Status, d.StatedBy));
    }

    // Their statuses, and what they wrote of those that they may tell us: of dossiers that we do not state, what a
    // person did, and submissions we know nothing of.
    private async Task<(Dictionary<string, int> Statuses, IReadOnlyCollection<string> Wanted)> Theirs(
        ExchangePartner partner,
        DateTimeOffset begin,
        DateTimeOffset end,
        Dictionary<string, (DossierStatus Status, StatedBy StatedBy)> here,
        CancellationToken ct
    )
    {
        Dictionary<string, int> statuses = [];
        Dictionary<string, string> wanted = [];
        try
        {
            await foreach (var text in partners[partner].LookUp(begin, end, changed: false, ct))
            {
                if (partners[partner].Read(text).Status is not { } said)
                    continue;
                statuses[said.Code] = said.Status;
                var known = here.TryGetValue(said.Code, out var ours);
                var status = (DossierStatus)said.Status;
                if (
                    known
                        ? ours.Status != status
                            && (
                                ours.StatedBy != StatedBy.Pac
                                // What a person does there counts whoever states the status.
                                || status is DossierStatus.Submitted or DossierStatus.InProcess or DossierStatus.WithdrawalRequested
                            )
                        : status == DossierStatus.Submitted
                )
                    wanted[said.Code] = text;
                else
                    wanted.Remove(said.Code);
            }
        }
        catch (PartnerAwayException)
        {
            throw new JobFailedException("dossiers.partner-away");
        }
        return (statuses, wanted.Values);
    }
}
