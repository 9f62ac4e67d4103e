using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Exchange;

/// <summary>What is compared.</summary>
internal sealed record ReconciliationPeriod(ExchangePartner Partner, DateOnly From, DateOnly To, bool Repair);

/// <summary>What a comparison found.</summary>
internal sealed record ReconciliationOutcome(Guid Id, int Compared, int Differing, int ToldAgain);

/// <summary>Compares by code and status what both sides have of the dossiers received in a period, and keeps the report.</summary>
internal sealed class ReconcileWork(DossiersDbContext db, ExchangePartners partners, TimeProvider clock) : IJobWork
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
        Dictionary<string, int> there = [];
        try
        {
            await foreach (var text in partners[partner].LookUp(begin, end, changed: false, ct))
                if (partners[partner].Read(text).Status is { } said)
                    there[said.Code] = said.Status;
        }
        catch (PartnerAwayException)
        {
            throw new JobFailedException("dossiers.partner-away");
        }
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
        var here = ours.DistinctBy(d => d.Code).ToDictionary(d => d.Code, d => (d.Status, d.StatedBy));
        var differences = StatusDifference.Between(here, there);
        var report = Reconciliation.Of(partner, from, to, here.Keys.Union(there.Keys).Count(), differences, startedAt);
        db.Reconciliations.Add(report);
        await db.Begin(ct);
        string[] again = repair ? [.. differences.Where(d => d.StatedBy == StatedBy.Pac).Select(d => d.Code)] : [];
        await db.QueueAgain(partner, again, ct);
        await run.Report(report.Compared, report.Compared, null, ct);
        await db.SaveChangesAsync(ct);
        return new ReconciliationOutcome(report.Id, report.Compared, report.Differing, again.Length);
    }
}
