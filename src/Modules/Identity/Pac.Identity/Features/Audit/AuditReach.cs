using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Audit;

/// <summary>What reading and exporting the trail have in common.</summary>
internal static class AuditReach
{
    /// <summary>An entry says not whose data it concerns, so the trail is read by those who may see all.</summary>
    public static void MustCoverProvince(CurrentUser user)
    {
        if (user.Scope != DataScope.Province)
            throw new BusinessRuleException(IdentityErrors.BeyondReach);
    }

    public static IQueryable<AuditEntry> Matching(this IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (filter.Act is { } act)
            entries = entries.Where(e => e.Act == act);
        if (filter.Kind is { } kind)
            entries = entries.Where(e => e.Kind == kind);
        if (filter.Thing is { } thing)
            entries = entries.Where(e => e.Thing == thing);
        if (filter.Subject is { } subject)
            entries = entries.Where(e => e.Subject == subject);
        if (filter.Client is { } client)
            entries = entries.Where(e => e.ClientId == client);
        // Keys sort by time, so an instant is the smallest key of its millisecond.
        if (filter.From is { } from)
            entries = entries.Where(e => e.Id.CompareTo(FirstKey(from)) >= 0);
        if (filter.To is { } to)
            entries = entries.Where(e => e.Id.CompareTo(FirstKey(to)) < 0);
        return entries;
    }

    public static async Task<Dictionary<string, string>> NamesOf(this IdentityStore db, IEnumerable<string> subjects, CancellationToken ct)
    {
        var ids = subjects.Distinct().Select(s => Guid.TryParse(s, out var id) ? id : (Guid?)null).OfType<Guid>().ToList();
        return await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id.ToString(), u => u.DisplayName, ct);
    }

    private static Guid FirstKey(DateTimeOffset at)
    {
        var milliseconds = Math.Max(0, at.ToUnixTimeMilliseconds());
        Span<byte> key = stackalloc byte[16];
        for (var i = 0; i < 6; i++)
            key[i] = (byte)(milliseconds >> (40 - 8 * i));
        return new(key, bigEndian: true);
    }
}
