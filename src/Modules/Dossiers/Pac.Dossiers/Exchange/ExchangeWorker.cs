using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Exchange;

/// <summary>Tells partners what happened, asks them what is new, applies what they report, and compares night by night.</summary>
internal sealed class ExchangeWorker(
    IServiceScopeFactory scopes,
    ExchangePartners partners,
    ExchangeSettings settings,
    FileFetcher files,
    FileSender sender,
    IMessageSeals seals,
    TimeProvider clock,
    ILogger<ExchangeWorker> logger
) : BackgroundService
{
    private const int Batch = 50;

    /// <summary>The longest message that is kept; one of a hundred papers has room in it.</summary>
    public const int MostText = 60_000;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    // A night's comparison that fails is tried again all day long.
    private const int MostTries = 96;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Each partner by itself, so that one that is slow holds no other up.
        await Task.WhenAll(partners.All.SelectMany(p => new[] { Serve(p, stoppingToken), ServeFiles(p, stoppingToken) }));
    }

    /// <summary>Applies what has come in and tells what is due. Returns how many messages were handled.</summary>
    public async Task<int> RunOnce(ExchangePartner partner, CancellationToken ct)
    {
        var handled = 0;
        while (await ApplyNext(partner, ct))
            handled++;
        return partners.On.Contains(partner) ? handled + await PushDue(partner, ct) : handled;
    }

    /// <summary>Asks a partner what has changed there and takes it in. What was taken in before is not taken in again.</summary>
    public async Task Pull(ExchangePartner partner, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        // Since the last one that came to its end: what was taken in of one that broke off says nothing of the rest.
        var since = await db.PulledSince(partner, now, ct);
        await foreach (var text in partners[partner].LookUp(since - Overlap, now.AddMinutes(1), changed: true, ct))
            await db.TakeIn(seals, partner, text, now, ct);
        await db.NotePull(partner, now, ct);
    }

    /// <summary>Puts tonight's comparison in line, once for all hosts; once more after a while as long as it could not be made.</summary>
    public async Task QueueReconciliation(ExchangePartner partner, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var local = now.ToLocal();
        if (TimeOnly.FromDateTime(local.DateTime) < settings.ReconcileAt)
            return;
        var today = now.LocalDay();
        var ids = Enumerable.Range(0, MostTries).Select(n => IdOf(partner, today, n)).ToList();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        var tries = await db
            .Jobs.Where(j => ids.Contains(j.Id))
            .Select(j => new
            {
                j.Id,
                j.State,
                j.FinishedAt,
            })
            .ToListAsync(ct);
        if (tries.Count == MostTries || tries.Exists(t => t.State != JobState.Failed || t.FinishedAt > now - BetweenTries))
            return;
        var id = ids.First(i => tries.TrueForAll(t => t.Id != i));
        var period = new ReconciliationPeriod(partner, today.AddDays(-settings.ReconcileDays), today, true);
        db.Jobs.Add(
            Job.Queue(
                id,
                ReconcileWork.JobKind,
                JsonSerializer.Serialize(period, JsonSerializerOptions.Web),
                null,
                Caller.System.Subject,
                DataScope.Province.ToString(),
                now
            )
        );
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e)
            when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            // Another host was first.
        }
    }

    // The same on all hosts, so that one of them is first.
    private static Guid IdOf(ExchangePartner partner, DateOnly day, int tried) =>
        new(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{partner} {day:O}{(tried == 0 ? "" : $" {tried}")}"))
            )[..16]
        );

    private async Task Serve(ExchangePartner partner, CancellationToken ct)
    {
        var asked = 0L;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (partners.On.Contains(partner) && Environment.TickCount64 - asked > settings.PullEvery.TotalMilliseconds)
                {
                    asked = Environment.TickCount64;
                    await QueueReconciliation(partner, ct);
                    await Pull(partner, ct);
                }
                if (await RunOnce(partner, ct) == 0)
                    await Task.Delay(Poll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The partner or the database may be away; the next round tries again.
                Log.ExchangeRoundFailed(logger, partner.ToString(), e.GetType().Name);
                await Task.Delay(Poll * 5, CancellationToken.None);
            }
        }
    }

    // Apart from the messages, so that no status waits for a large file.
    private async Task ServeFiles(ExchangePartner partner, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await files.FetchDue(partner, ct) == 0)
                    await Task.Delay(Poll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.ExchangeRoundFailed(logger, partner.ToString(), e.GetType().Name);
                await Task.Delay(Poll * 5, CancellationToken.None);
            }
        }
    }

    // One message, one transaction: what it changes and that it was applied.
    private async Task<bool> ApplyNext(ExchangePartner partner, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Act = nameof(ExchangeInbox);
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        await db.Begin(ct);
        if ((await db.TakeInbound(partner, ct)).SingleOrDefault() is not { } message)
            return false;
        var text = message.TextBy(seals) ?? "";
        var (said, wrong) = partners[partner].Read(text);
        if (said is not null)
        {
            await Apply(db, scope.ServiceProvider.GetRequiredService<IExchangeInbox>(), message, said, text, ct);
            return true;
        }
        message.Park(wrong!);
        await db.SaveChangesAsync(ct);
        return true;
    }

    // What breaks a rule is parked with its word and changes nothing; nor does it hold up what comes after it.
    private async Task Apply(
        DossiersDbContext db,
        IExchangeInbox inbox,
        ExchangeMessage message,
        IncomingStatus said,
        string text,
        CancellationToken ct
    )
    {
        const string before = "before_message";
        await db.Database.CurrentTransaction!.CreateSavepointAsync(before, ct);
        try
        {
            await inbox.Apply(message, said, ct);
            // Once it is applied, an identity number has no business in it; what is parked stays as it was written, for whoever mends it.
            if (message.State == ExchangeState.Done)
                message.Keep(seals.Close(HiddenNumbers.Masked(text)));
            await db.SaveChangesAsync(ct);
            return;
        }
        catch (BusinessRuleException e)
        {
            await db.Undo(before, message, ct);
            message.Understand(said.Code, (await db.ReportedDossier(said.Code, ct))?.Id, (DossierStatus)said.Status, said.OccurredAt);
            message.Park(WordOf(e.Error));
        }
        catch (Exception e) when (!MayPass(e))
        {
            await db.Undo(before, message, ct);
            message.Park("not-applicable");
            Log.ExchangeMessageFailed(logger, message.Id.Value, e.GetType().Name);
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The word under which a broken rule parks a message: its code without the name of the module.</summary>
    public static string WordOf(Error error) => error.Code[(error.Code.IndexOf('.', StringComparison.Ordinal) + 1)..];

    // What the next round may get over: the database is away, or somebody else was faster. All else would come again and again.
    public static bool MayPass(Exception e) =>
        e is OperationCanceledException or DbUpdateConcurrencyException or TimeoutException or OutOfMemoryException
        || Refusal(e) switch
        {
            Npgsql.PostgresException refused => refused.IsTransient || refused.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation,
            { } => true,
            null => false,
        };

    private static System.Data.Common.DbException? Refusal(Exception? e) =>
        e as System.Data.Common.DbException ?? (e is null ? null : Refusal(e.InnerException));

    private async Task<int> PushDue(ExchangePartner partner, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        var numbers = scope.ServiceProvider.GetRequiredService<IIdentityNumbers>();
        var due = await db.ClaimOutbound(partner, Batch, ct);
        if (due.Count == 0)
            return 0;
        var told = await db.ToldDossiers([.. due.Select(m => m.DossierId!.Value).Distinct()], ct);
        var overtaken = await db.Overtaken([.. due.Select(m => m.Id.Value)], ct);
        var ids = due.Select(m => m.EventId).ToList();
        var events = await db.RecordedEvents.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct },
            async (message, stop) =>
            {
                var dossier = told[message.DossierId!.Value];
                var e = message.EventId is { } id ? events.GetValueOrDefault(id) : null;
                using var activity = Telemetry.Source.StartActivity("exchange " + partner, System.Diagnostics.ActivityKind.Producer);
                var answer =
                    // Whoever states the status now tells it; what we had to say of it is of no more concern.
                    dossier.Dossier.StatedBy != StatedBy.Pac
                        ? ExchangeAnswer.NotTold("not-stating")
                    : overtaken.Contains(message.Id.Value) ? ExchangeAnswer.NotTold("older")
                    : message.Kind == ExchangeKind.Dossier ? await PushWhole(partner, message, dossier, numbers, stop)
                    : await partners[partner].Push(ExchangeMapping.Of(message, e, dossier), stop);
                await Finish(message, answer, stop);
            }
        );
        return due.Count;
    }

    private async Task<ExchangeAnswer> PushWhole(
        ExchangePartner partner,
        ExchangeMessage message,
        ToldDossier dossier,
        IIdentityNumbers numbers,
        CancellationToken ct
    )
    {
        var told = ExchangeMapping.Of(dossier, numbers, settings.PublicAddress);
        var (ready, answer) = await sender.Send(partner, message, told, dossier.Files, ct);
        return ready is null ? answer : await partners[partner].Push(ready, ct);
    }

    private async Task Finish(ExchangeMessage message, ExchangeAnswer answer, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var state =
            answer.Taken || answer.Needless ? ExchangeState.Done
            : answer.ForGood ? ExchangeState.Parked
            : ExchangeState.Waiting;
        var wait = settings.Retries[Math.Min(message.Attempts, settings.Retries.Count) - 1];
        await scope
            .ServiceProvider.GetRequiredService<DossiersDbContext>()
            .FinishOutbound(message, state, answer.Word, state == ExchangeState.Waiting ? wait : TimeSpan.Zero, clock.GetUtcNow(), ct);
    }
}
