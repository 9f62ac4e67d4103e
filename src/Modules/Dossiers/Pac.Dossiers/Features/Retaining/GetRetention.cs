using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

internal sealed record GetRetention : IQuery<RetentionOverview>;

/// <summary>What is kept, and until when.</summary>
/// <param name="AsOf">When it was counted.</param>
/// <param name="Closed">Dossiers that are closed.</param>
/// <param name="Due">Of them, those whose personal data are to be erased by now.</param>
/// <param name="Held">Of these, those that a legal hold keeps.</param>
/// <param name="Erased">Dossiers whose personal data were erased.</param>
/// <param name="ForEver">Dossiers that are kept for ever.</param>
/// <param name="EraseDailyAt" example="02:00:00">At what time of the day the erasure runs by itself; left out while it does not.</param>
/// <param name="Years">When the others are due.</param>
/// <param name="Rules">By which rules they are kept.</param>
internal sealed record RetentionOverview(
    DateTimeOffset AsOf,
    int Closed,
    int Due,
    int Held,
    int Erased,
    int ForEver,
    TimeOnly? EraseDailyAt,
    IReadOnlyList<RetentionYear> Years,
    IReadOnlyList<RetentionUse> Rules
);

/// <summary>What is due in a year.</summary>
/// <param name="Year" example="2036">The year.</param>
/// <param name="Dossiers">How many dossiers.</param>
internal sealed record RetentionYear(int Year, int Dossiers);

/// <summary>What a rule keeps.</summary>
/// <param name="RuleId">Identifier of the rule.</param>
/// <param name="Dossiers">How many dossiers.</param>
internal sealed record RetentionUse(Guid RuleId, int Dossiers);

internal sealed class GetRetentionHandler(DossiersDbContext db, ErasureSettings settings, TimeProvider clock)
    : IRequestHandler<GetRetention, RetentionOverview>
{
    public async Task<RetentionOverview> Handle(GetRetention request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = now.LocalDay();
        var kept = db.Retention.AsNoTracking().Where(r => db.Visible.Any(d => d.Id == r.DossierId));
        var all = await kept.GroupBy(r => new
            {
                r.RuleId,
                Year = r.EraseOn == null ? 0 : r.EraseOn.Value.Year,
                Erased = r.ErasedAt != null,
                Due = r.EraseOn != null && r.EraseOn <= today,
            })
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(ct);
        var held = await kept.CountAsync(
            r => r.ErasedAt == null && r.EraseOn <= today && db.LegalHolds.Any(h => h.DossierId == r.DossierId && h.EndedAt == null),
            ct
        );
        return new(
            now,
            all.Sum(r => r.Count),
            all.Where(r => r.Key is { Erased: false, Due: true }).Sum(r => r.Count),
            held,
            all.Where(r => r.Key.Erased).Sum(r => r.Count),
            all.Where(r => r.Key.Year == 0).Sum(r => r.Count),
            settings.At,
            [
                .. all.Where(r => r.Key is { Erased: false, Year: > 0 })
                    .GroupBy(r => r.Key.Year)
                    .OrderBy(g => g.Key)
                    .Select(g => new RetentionYear(g.Key, g.Sum(r => r.Count))),
            ],
            [.. all.GroupBy(r => r.Key.RuleId).OrderBy(g => g.Key.Value).Select(g => new RetentionUse(g.Key.Value, g.Sum(r => r.Count)))]
        );
    }
}

internal sealed class GetRetentionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/retention", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>See what is kept until when</summary>
    /// <remarks>Counts the closed dossiers that the caller may see: what is due to be erased, held, erased, kept for ever, and due in which year.</remarks>
    private static async Task<ValueAnswer<RetentionOverview>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetRetention(), ct));
}
