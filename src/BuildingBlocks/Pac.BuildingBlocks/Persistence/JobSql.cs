using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;

namespace Pac.BuildingBlocks.Persistence;

#pragma warning disable EF1002 // The schema is a constant of the module; values are parameters.

/// <summary>The statements behind jobs, each in the schema of its own module.</summary>
internal static class JobSql
{
    // Long enough for a slow checkpoint, short enough that a killed host's work goes on soon.
    private const int LeaseSeconds = 10;

    public static async Task<Job?> ClaimJob(this ModuleDbContext db, int mostRuns, CancellationToken ct)
    {
        var claimed = await db
            .Jobs.FromSqlRaw(
                $"""
                UPDATE {db.Schema}.jobs SET state = 'Running', fence = fence + 1, started_at = coalesce(started_at, now()),
                    lease_until = now() + make_interval(secs => {LeaseSeconds})
                WHERE id = (
                    SELECT id FROM {db.Schema}.jobs
                    WHERE state IN ('Queued', 'Running') AND (lease_until IS NULL OR lease_until < now()) AND fence < {mostRuns}
                    ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        if (claimed.Count == 0)
            await db.Database.ExecuteSqlRawAsync(
                $"""
                UPDATE {db.Schema}.jobs SET state = 'Failed', error = 'jobs.failed', finished_at = now(), lease_until = NULL
                WHERE state IN ('Queued', 'Running') AND lease_until < now() AND fence >= {mostRuns}
                """,
                ct
            );
        return claimed.SingleOrDefault();
    }

    public static async Task<bool> ReportJob(
        this ModuleDbContext db,
        Guid id,
        int fence,
        long done,
        long? total,
        string? checkpoint,
        CancellationToken ct
    ) =>
        await db.Database.ExecuteSqlRawAsync(
            $"""
            UPDATE {db.Schema}.jobs SET done = @p2, total = coalesce(@p3::bigint, total), checkpoint = coalesce(@p4::jsonb, checkpoint),
                lease_until = now() + make_interval(secs => {LeaseSeconds})
            WHERE id = @p0 AND fence = @p1 AND state = 'Running'
            """,
            [id, fence, done, new Npgsql.NpgsqlParameter<long?>("p3", total), new Npgsql.NpgsqlParameter<string?>("p4", checkpoint)],
            ct
        ) == 1;

    public static Task PostponeJob(this ModuleDbContext db, Guid id, int fence, TimeSpan pause, string checkpoint, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            $"""
            UPDATE {db.Schema}.jobs SET state = 'Queued', fence = 0, checkpoint = @p2::jsonb, lease_until = now() + make_interval(secs => @p3)
            WHERE id = @p0 AND fence = @p1 AND state = 'Running'
            """,
            [id, fence, checkpoint, pause.TotalSeconds],
            ct
        );

    public static async Task<bool> ProlongJob(this ModuleDbContext db, Guid id, int fence, CancellationToken ct) =>
        await db.Database.ExecuteSqlRawAsync(
            $"UPDATE {db.Schema}.jobs SET lease_until = now() + make_interval(secs => {LeaseSeconds}) WHERE id = @p0 AND fence = @p1 AND state = 'Running'",
            [id, fence],
            ct
        ) == 1;

    public static Task FinishJob(this ModuleDbContext db, Guid id, int fence, string? error, string? result, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            $"""
            UPDATE {db.Schema}.jobs SET state = CASE WHEN @p2 IS NULL THEN 'Succeeded' ELSE 'Failed' END, error = @p2, result = @p3::jsonb,
                finished_at = now(), lease_until = NULL
            WHERE id = @p0 AND fence = @p1 AND state = 'Running'
            """,
            [id, fence, new Npgsql.NpgsqlParameter<string?>("p2", error), new Npgsql.NpgsqlParameter<string?>("p3", result)],
            ct
        );
}
