using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.WorkQueues;

internal sealed record GetWorkQueues : IQuery<WorkQueueOverview>;

/// <summary>What the caller has to look after.</summary>
/// <param name="AsOf">The instant by which was judged what is due.</param>
/// <param name="DueSoon">How long before its end something counts as due soon.</param>
/// <param name="Items">The queues with their counts.</param>
internal sealed record WorkQueueOverview(DateTimeOffset AsOf, TermView DueSoon, IReadOnlyList<QueueCount> Items);

/// <summary>A work queue with its count.</summary>
/// <param name="Key">Stable word of the queue, such as <c>mine</c>.</param>
/// <param name="Name">Its name, in the language of the request.</param>
/// <param name="Count">How many dossiers it holds for the caller.</param>
internal sealed record QueueCount(string Key, string Name, int Count);

internal sealed class GetWorkQueuesHandler(DossiersDbContext db, QueueLooks looks) : IRequestHandler<GetWorkQueues, WorkQueueOverview>
{
    public async Task<WorkQueueOverview> Handle(GetWorkQueues request, CancellationToken ct)
    {
        var look = await looks.Now(ct);
        var tally = (await db.Tally(look).SingleOrDefaultAsync(ct) ?? new()).InOrder();
        var soon = await looks.Threshold(look.Now, ct);
        return new(
            look.Now,
            new(decimal.Truncate(soon.Value) == soon.Value ? decimal.Truncate(soon.Value) : soon.Value, soon.Unit),
            [.. WorkQueue.All.Select((q, i) => new QueueCount(q.Key, Language.Pick(q.Vietnamese, q.English), tally[i]))]
        );
    }
}

internal sealed class GetWorkQueuesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/work-queues", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Count the work queues</summary>
    /// <remarks>Gives all queues of the caller with their counts: mine, my unit's, due soon, overdue, intake, waiting, and the results to return.</remarks>
    private static async Task<ValueAnswer<WorkQueueOverview>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetWorkQueues(), ct));
}
