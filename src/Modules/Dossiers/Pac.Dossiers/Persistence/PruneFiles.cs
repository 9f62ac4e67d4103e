using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Once an hour removes from the store what nobody needs: uploads that were given up or left alone, pieces that a host left when it died,
/// content that no document refers to, and exports whose term is over. Harmless on several hosts at once.
/// </summary>
internal sealed class PruneFiles(
    IServiceScopeFactory scopes,
    IFileStore store,
    FileRetention retention,
    IConfiguration configuration,
    ILogger<PruneFiles> logger,
    TimeProvider clock
) : BackgroundService
{
    private const int Batch = 500;

    // How it ended is of use to whoever comes back to it.
    private static readonly TimeSpan EndedKept = TimeSpan.FromDays(7);

    // An upload in one request has no row; none lasts longer than this.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromHours(6);

    /// <summary>One round.</summary>
    public async Task<(int Uploads, int Contents)> Once(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        var now = clock.GetUtcNow();
        await db.AbandonUploads(now - retention.Uploads, ct);
        await db.ForgetUploads(now - EndedKept, ct);
        await db.ForgetImportRows(ct);
        await Exports(db, now, ct);
        return (await Folders(db, now, ct), await Contents(db, now - retention.Contents, ct));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var (uploads, contents) = await Once(stoppingToken);
                Log.FilesPruned(logger, uploads, contents);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.PruneFailed(logger, e.GetType().Name);
            }
        }
    }

    // What is under way is listed only, so the list is short; the name of a folder tells how old it is.
    private async Task<int> Folders(DossiersDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var removed = 0;
        await foreach (var name in store.Folders(FileKeys.Uploads, ct))
        {
            if (!Guid.TryParseExact(name, "N", out var id) || BegunAt(id) > now - LongestRequest && !await Ended(db, id, ct))
                continue;
            if (await db.Uploads.AnyAsync(u => u.Id == new UploadId(id) && u.State == UploadState.Open, ct))
                continue;
            await store.DeleteFolder(FileKeys.Of(new UploadId(id)), ct);
            removed++;
        }
        return removed;
    }

    // They hold personal data: their files go when their term is over, and what a run left that failed for good goes with them.
    private async Task Exports(DossiersDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        await foreach (var name in store.Folders(FileKeys.Exports, ct))
        {
            if (!Guid.TryParseExact(name, "N", out var job))
                continue;
            var id = new DossierExportId(job);
            var failed = await db.Jobs.AnyAsync(j => j.Id == job && j.State == JobState.Failed, ct);
            if (!await db.Exports.AnyAsync(e => e.Id == id && (e.ExpiresAt > now || e.ExpiresAt == null && !failed), ct))
                await store.DeleteFolder(FileKeys.Of(id), ct);
        }
    }

    private static Task<bool> Ended(DossiersDbContext db, Guid id, CancellationToken ct) =>
        db.Uploads.AnyAsync(u => u.Id == new UploadId(id) && u.State != UploadState.Open, ct);

    private async Task<int> Contents(DossiersDbContext db, DateTimeOffset before, CancellationToken ct)
    {
        var removed = 0;
        foreach (var sha256 in await db.ReleasedBefore(before, Batch, ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockContent(sha256, ct);
            if (await db.ForgetContent(sha256, before, ct))
            {
                // Before the commit: a host that dies here leaves a row without bytes, which the next round, or the next upload, sets right.
                await store.Delete(FileKeys.Content(sha256), ct);
                removed++;
            }
            else
                await db.ClaimContent(sha256, ct);
            await transaction.CommitAsync(ct);
        }
        return removed;
    }

    // RFC 9562, 5.7: the first 48 bits are milliseconds since 1970.
    private static DateTimeOffset BegunAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
