using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record GetTimeline(Guid Id) : IQuery<DossierTimeline>;

/// <summary>What happened to a dossier.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Total">How many acts there are in all.</param>
/// <param name="Entries">The acts, oldest first: all of them, or the newest 1,000.</param>
internal sealed record DossierTimeline(Guid DossierId, int Total, IReadOnlyList<TimelineLine> Entries);

/// <summary>One act on a dossier.</summary>
/// <param name="At">When.</param>
/// <param name="Act">Stable word of the act, such as <c>received</c>, <c>transferred</c>, <c>settled</c>.</param>
/// <param name="Subject">Who acted; <c>import</c> for what another system reported.</param>
/// <param name="Detail">What more there is to say.</param>
internal sealed record TimelineLine(DateTimeOffset At, string Act, string Subject, string? Detail);

internal sealed class GetTimelineHandler(DossiersDbContext db) : IRequestHandler<GetTimeline, DossierTimeline>
{
    private const int Most = 1000;

    public async Task<DossierTimeline> Handle(GetTimeline request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        var dossier =
            await db
                .Visible.Where(d => d.Id == id)
                .Select(d => new Reported(
                    d.Source,
                    d.ReceivedAt,
                    d.SettledAt,
                    d.ReturnedAt,
                    d.LateCause,
                    db.Timeline.Count(t => t.DossierId == id),
                    db.Timeline.Where(t => t.DossierId == id)
                        .OrderByDescending(t => t.Id)
                        .Take(Most)
                        .Select(t => new TimelineLine(t.At, t.Act, t.Subject, t.Detail))
                        .ToList()
                ))
                .FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException("dossier");
        dossier.Entries.Reverse();
        // What the source reported came before everything else: where older acts are left out, so is that.
        List<TimelineLine> reported = dossier.Source is null || dossier.Written > Most ? [] : [.. dossier.Acts()];
        return new(request.Id, dossier.Written + reported.Count, [.. reported, .. dossier.Entries]);
    }

    // What the source system reported stands in the dossier itself; it is not written down twice. What was done here since is no report.
    private sealed record Reported(
        string? Source,
        DateTimeOffset ReceivedAt,
        DateTimeOffset? SettledAt,
        DateTimeOffset? ReturnedAt,
        string? LateCause,
        int Written,
        List<TimelineLine> Entries
    )
    {
        public IEnumerable<TimelineLine> Acts()
        {
            yield return new(ReceivedAt, "received", "import", Source);
            if (SettledAt is { } settled && Entries.TrueForAll(e => e.Act != "settled"))
                yield return new(settled, "settled", "import", LateCause);
            if (ReturnedAt is { } returned && Entries.TrueForAll(e => e.Act != "returned"))
                yield return new(returned, "returned", "import", null);
        }
    }
}

internal sealed class GetTimelineEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/timeline", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read the timeline of a dossier</summary>
    /// <remarks>Gives every act on the dossier, oldest first; of more than 1,000 the newest, and how many there are.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierTimeline>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetTimeline(id), ct));
}
