using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Content by its SHA-256. Its row is committed before its bytes are put into the store, marked as referred to by nobody: whatever happens
/// after that, <see cref="PruneFiles"/> finds it. Whoever puts or removes the bytes of one content holds its lock to the end of the transaction.
/// </summary>
internal sealed class StoredContent(DossiersDbContext db, IFileStore store, NpgsqlDataSource source, TimeProvider clock) : IStoredContent
{
    public const int ContentLock = 0x5041_4646;

    public async Task Keep(string sha256, long size, Stream content, CancellationToken ct)
    {
        await Announce(sha256, size, ct);
        await Claim(sha256, size, ct);
        var key = FileKeys.Content(sha256);
        if (await store.Size(key, ct) == size)
            return;
        content.Position = 0;
        await store.Put(key, content, size, ct);
    }

    public async Task<bool> KeepAgain(string sha256, long size, CancellationToken ct)
    {
        await Claim(sha256, size, ct);
        return await store.Size(FileKeys.Content(sha256), ct) == size;
    }

    public async Task Release(string sha256, CancellationToken ct)
    {
        await db.Begin(ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.contents SET released_at = {clock.GetUtcNow().ToUniversalTime()} WHERE sha256 = {sha256}",
            ct
        );
    }

    public Stream Open(string sha256, long size) => PiecedStream.Whole(store, FileKeys.Content(sha256), size);

    private async Task Claim(string sha256, long size, CancellationToken ct)
    {
        await db.Begin(ct);
        await db.LockContent(sha256, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.contents (sha256, size) VALUES ({sha256}, {size}) ON CONFLICT (sha256) DO UPDATE SET released_at = NULL
            """,
            ct
        );
    }

    // Outside of the transaction of the act, which may end in nothing.
    private async Task Announce(string sha256, long size, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO dossiers.contents (sha256, size, released_at) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING
            """
        );
        command.Parameters.Add(new() { Value = sha256 });
        command.Parameters.Add(new() { Value = size });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The statements behind the removal of what nobody needs.</summary>
internal static class ContentSql
{
    /// <summary>Holds the lock of one content to the end of the transaction.</summary>
    public static Task LockContent(this DossiersDbContext db, string sha256, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({StoredContent.ContentLock}, hashtext({sha256}))", ct);

    /// <summary>Content that was released before an instant.</summary>
    public static Task<List<string>> ReleasedBefore(this DossiersDbContext db, DateTimeOffset instant, int most, CancellationToken ct) =>
        db.Set<ContentRow>().Where(c => c.ReleasedAt < instant).OrderBy(c => c.ReleasedAt).Select(c => c.Sha256).Take(most).ToListAsync(ct);

    /// <summary>Forgets a content that was released before an instant and to which no document refers. Returns whether it did.</summary>
    public static async Task<bool> ForgetContent(this DossiersDbContext db, string sha256, DateTimeOffset instant, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM dossiers.contents WHERE sha256 = {sha256} AND released_at < {instant.ToUniversalTime()}
                AND NOT EXISTS (SELECT FROM dossiers.files f WHERE f.sha256 = {sha256} AND f.removed_at IS NULL)
            """,
            ct
        ) == 1;

    /// <summary>Notes that a document refers to a content after all.</summary>
    public static Task ClaimContent(this DossiersDbContext db, string sha256, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.contents SET released_at = NULL WHERE sha256 = {sha256}
                AND EXISTS (SELECT FROM dossiers.files f WHERE f.sha256 = {sha256} AND f.removed_at IS NULL)
            """,
            ct
        );

    /// <summary>Gives up uploads that were left alone since an instant.</summary>
    public static Task AbandonUploads(this DossiersDbContext db, DateTimeOffset instant, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.uploads SET state = 'Cancelled' WHERE state = 'Open' AND touched_at < {instant.ToUniversalTime()}",
            ct
        );

    /// <summary>Forgets uploads that ended before an instant.</summary>
    public static Task ForgetUploads(this DossiersDbContext db, DateTimeOffset instant, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.uploads WHERE state <> 'Open' AND touched_at < {instant.ToUniversalTime()}", ct);
}
