using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

/// <summary>At what time of the day the erasure runs by itself, as the operator sets it under <c>Retention:EraseAt</c>.</summary>
/// <param name="At">The local time; null while nothing is erased but by order.</param>
internal sealed record ErasureSettings(TimeOnly? At)
{
    private const string Off = "off";

    public static ErasureSettings Read(IConfiguration configuration) =>
        configuration["Retention:EraseAt"] is not { Length: > 0 } set || string.Equals(set, Off, StringComparison.OrdinalIgnoreCase)
            ? new((TimeOnly?)null)
            : new(TimeOnly.ParseExact(set, "HH:mm", CultureInfo.InvariantCulture));
}

/// <summary>
/// Puts the erasure of what is due in line once a day, whatever hosts there are. What a hold keeps is passed over; what the run did is kept with
/// its job. Off unless the operator sets a time, since what is erased does not come back and its rules have to be confirmed first.
/// </summary>
internal sealed class ErasureSchedule(
    IServiceScopeFactory scopes,
    ErasureSettings settings,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<ErasureSchedule> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Puts today's run in line when its time has come and nobody has done so.</summary>
    /// <returns>Whether this host did.</returns>
    public async Task<bool> QueueToday(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (settings.At is not { } at || TimeOnly.FromDateTime(now.ToLocal().DateTime) < at)
            return false;
        var today = now.LocalDay();
        var id = IdOf(today);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        if (await db.Jobs.AnyAsync(j => j.Id == id, ct))
            return false;
        var order = JsonSerializer.Serialize(new ReportOrder(today), JsonSerializerOptions.Web);
        db.Jobs.Add(Job.Queue(id, EraseWork.JobKind, order, null, Caller.System.Subject, DataScope.Province.ToString(), now));
        db.Note("Retention", id.ToString(), act: "schedule-erasure");
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e)
            when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            // Another host was first.
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.At is null || string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
            return;
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await QueueToday(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.ErasureNotScheduled(logger, e.GetType().Name);
            }
        }
    }

    // The same on every host: one run for each day.
    private static Guid IdOf(DateOnly day) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{EraseWork.JobKind} {day:O}")))[..16]);
}
