using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>What people said in a period, as the quality index counts it (Decision 766/QD-TTg, indices 5.2 to 5.4).</summary>
/// <param name="Feedback">Feedback that came.</param>
/// <param name="Overdue">Of it, what was or is overdue.</param>
/// <param name="Disliked">Of it, what was answered without contenting the sender.</param>
/// <param name="Repeated">Of it, what repeats earlier feedback.</param>
/// <param name="Discontent">Dossiers that were rated badly or complained of.</param>
internal sealed record Opinions(int Feedback, int Overdue, int Disliked, int Repeated, int Discontent);

/// <summary>Counts what people said.</summary>
internal static class OpinionQueries
{
    public static async Task<Opinions> OpinionsOf(
        this DossiersDbContext db,
        DataScope scope,
        DateOnly from,
        DateOnly to,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var (begin, end) = (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());
        var cutOff = now < end ? now.ToUniversalTime() : end;
        var came = db
            .AllFeedback.AsNoTracking()
            .Where(new FeedbackVisibleIn(scope))
            .Where(f => f.SubmittedAt >= begin && f.SubmittedAt < end);
        var counts = await came.GroupBy(_ => 1)
            .Select(g => new
            {
                All = g.Count(),
                Overdue = g.Sum(f => f.ClosedInTime == false || f.ClosedInTime == null && f.DueAt < cutOff ? 1 : 0),
                Disliked = g.Sum(f => f.Satisfied == false ? 1 : 0),
                Repeated = g.Sum(f => f.RepeatOf != null ? 1 : 0),
            })
            .FirstOrDefaultAsync(ct);
        var disliked = db
            .Ratings.Where(new RatingVisibleIn(scope))
            .Where(r => r.RatedOn >= from && r.RatedOn <= to && !r.IsSatisfied)
            .Select(r => (DossierId?)r.DossierId);
        var complained = came.Where(f => f.DossierId != null && f.Kind != FeedbackKind.Proposal).Select(f => f.DossierId);
        var discontent = await disliked.Union(complained).CountAsync(ct);
        return new(counts?.All ?? 0, counts?.Overdue ?? 0, counts?.Disliked ?? 0, counts?.Repeated ?? 0, discontent);
    }
}
