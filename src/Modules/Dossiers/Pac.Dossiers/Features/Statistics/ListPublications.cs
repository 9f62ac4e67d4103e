using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ListPublications(PageRequest Page) : IQuery<Page<PublicationLine>>;

/// <summary>Published figures by name.</summary>
/// <param name="Id">Identifier of the publication.</param>
/// <param name="Title">Title.</param>
/// <param name="FirstDay">First day of the period.</param>
/// <param name="LastDay">Last day of the period.</param>
/// <param name="Definition">By which definition on time was judged.</param>
/// <param name="GroupBy">By what they are grouped.</param>
/// <param name="Scope">Whose figures.</param>
/// <param name="PublishedAt">When they were published; the records were read at this moment.</param>
/// <param name="PublishedBy">Subject who published.</param>
/// <param name="ProofHash">Last hash of their proof.</param>
internal sealed record PublicationLine(
    Guid Id,
    string Title,
    DateOnly FirstDay,
    DateOnly LastDay,
    OnTimeRule Definition,
    string? GroupBy,
    string Scope,
    DateTimeOffset PublishedAt,
    string PublishedBy,
    string ProofHash
);

internal sealed class ListPublicationsHandler(DossiersDbContext db) : IRequestHandler<ListPublications, Page<PublicationLine>>
{
    public async Task<Page<PublicationLine>> Handle(ListPublications request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.Publications.Where(new PublishedFor(db.User.Scope.ToString()));
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadInstantAndId(request.Page.Cursor) is var (at, id))
        {
            var before = new PublicationId(id);
            rows = rows.Where(p => p.PublishedAt < at || p.PublishedAt == at && p.Id < before);
        }
        var page = await rows.OrderByDescending(p => p.PublishedAt)
            .ThenByDescending(p => p.Id)
            .Take(size + 1)
            .Select(p => new PublicationLine(
                p.Id.Value,
                p.Title,
                p.From,
                p.To,
                p.Definition,
                p.GroupBy,
                p.Scope,
                p.PublishedAt,
                p.PublishedBy,
                p.ProofHash
            ))
            .ToListAsync(ct);
        return Page<PublicationLine>.Of(page, size, p => [p.PublishedAt, p.Id], total);
    }
}

internal sealed class ListPublicationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/publications", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>List published figures</summary>
    /// <remarks>Gives what was published, the latest first.</remarks>
    private static async Task<PageAnswer<PublicationLine>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListPublications(page), ct));
}
