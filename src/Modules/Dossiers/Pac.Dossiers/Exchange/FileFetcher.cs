using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Exchange;

/// <summary>
/// Fetches the files that people handed in at a partner. What is lost there or hostile is parked with its reason; while the partner, the store or the
/// virus scan is away it is tried again. A host that dies leaves its file to the next one.
/// </summary>
internal sealed class FileFetcher(
    IServiceScopeFactory scopes,
    ExchangePartners partners,
    ExchangeSettings settings,
    IMessageSeals seals,
    ILogger<FileFetcher> logger
)
{
    private const int Most = 20;
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private static readonly string[] Passing = [FileErrors.StoreAway.Code, FileErrors.ScannerAway.Code];

    /// <summary>Fetches what is due, one file after the other. Returns how many were handled.</summary>
    public async Task<int> FetchDue(ExchangePartner partner, CancellationToken ct)
    {
        var handled = 0;
        while (handled < Most && partners.On.Contains(partner) && await Claim(partner, ct) is { } id)
        {
            await Fetch(partner, id, ct);
            handled++;
        }
        return handled;
    }

    private async Task<ExchangeMessageId?> Claim(ExchangePartner partner, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DossiersDbContext>().ClaimFile(partner, settings.FileTimeout + Margin, ct);
    }

    private async Task Fetch(ExchangePartner partner, ExchangeMessageId id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Act = nameof(FileFetcher);
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        var message = await db.ExchangeMessages.SingleAsync(m => m.Id == id, ct);
        var (away, parked) = ((string?)null, (string?)null);
        try
        {
            await Fetch(partner, message, scope.ServiceProvider.GetRequiredService<IExchangeFiles>(), ct);
        }
        catch (PartnerAwayException e)
        {
            away = e.Message;
        }
        catch (FileLostException e)
        {
            parked = e.Message;
        }
        catch (BusinessRuleException e)
        {
            var broken = ExchangeWorker.WordOf(e.Error);
            if (Passing.Contains(e.Error.Code))
                away = broken;
            else
                parked = broken;
        }
        catch (IOException)
        {
            away = "connection-broken";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            away = "timed-out";
        }
        catch (Exception e) when (!ExchangeWorker.MayPass(e))
        {
            parked = "not-applicable";
            Log.ExchangeMessageFailed(logger, id.Value, e.GetType().Name);
        }
        if ((away ?? parked) is not { } word)
            return;
        var wait = settings.Retries[Math.Min(message.Attempts, settings.Retries.Count) - 1];
        var state = parked is null ? ExchangeState.Waiting : ExchangeState.Parked;
        await using var after = scopes.CreateAsyncScope();
        await after.ServiceProvider.GetRequiredService<DossiersDbContext>().FinishFile(id, message.Attempts, state, word, wait, ct);
    }

    private async Task Fetch(ExchangePartner partner, ExchangeMessage message, IExchangeFiles files, CancellationToken ct)
    {
        if (partners[partner].ReadFile(message.TextBy(seals) ?? "") is not { } said)
            throw new FileLostException("member-invalid");
        var target = PartnerFiles.Allowed(partners.SettingsOf(partner), said.Link) ?? throw new FileLostException("file-link-refused");
        await files.Check(message, said, ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(settings.FileTimeout);
        using var file = await partners[partner].Fetch(target, limit.Token);
        await files.Take(message, said, file, limit.Token);
    }
}
