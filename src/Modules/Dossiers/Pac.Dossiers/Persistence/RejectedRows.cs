using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;

namespace Pac.Dossiers.Persistence;

/// <summary>The rows of an import that could not be taken and were kept, sealed, to be mended.</summary>
internal static class RejectedRows
{
    /// <summary>The import of somebody, once it is over; null when there is none.</summary>
    public static Task<Job?> FinishedImport(this DossiersDbContext db, Guid id, string subject, CancellationToken ct) =>
        db
            .Jobs.AsNoTracking()
            .FirstOrDefaultAsync(
                j => j.Id == id && j.Kind == ImportStore.JobKind && j.Subject == subject && j.State == JobState.Succeeded,
                ct
            );

    /// <summary>One row against everybody else, for the transaction in hand; null when it is not there.</summary>
    public static async Task<string?[]?> HoldRejected(this DossiersDbContext db, Guid import, int line, CancellationToken ct)
    {
        await using var command = db.Command("SELECT cells FROM dossiers.import_rows WHERE import_id = $1 AND line = $2 FOR UPDATE");
        command.Parameters.Add(new() { Value = import });
        command.Parameters.Add(new() { Value = line });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? await reader.GetFieldValueAsync<string?[]>(0, ct) : null;
    }

    /// <summary>Forgets a row with its faults: it was taken.</summary>
    public static async Task ForgetRejected(this DossiersDbContext db, Guid import, int line, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.import_errors WHERE import_id = {import} AND line = {line}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.import_rows WHERE import_id = {import} AND line = {line}", ct);
    }
}
