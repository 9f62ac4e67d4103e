using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

/// <summary>Which applications are looked for.</summary>
/// <param name="Search">Part of the name, the client id or the owner.</param>
/// <param name="Disabled">Only disabled ones, or only active ones.</param>
internal sealed record ClientFilter(
    [property: FromQuery(Name = "search")] string? Search,
    [property: FromQuery(Name = "disabled")] bool? Disabled
);

internal sealed record FindClients(ClientFilter Filter, PageRequest Page) : IQuery<Page<ClientView>>;

internal sealed class FindClientsHandler(IdentityStore db, TimeProvider clock) : IRequestHandler<FindClients, Page<ClientView>>
{
    public async Task<Page<ClientView>> Handle(FindClients request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var clients = db.Set<Client>().AsNoTracking();
        if (request.Filter.Search is { } search)
        {
            var part =
                $"%{search.Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            clients = clients.Where(c => EF.Functions.ILike(c.ClientId + " " + c.DisplayName + " " + c.Owner, part));
        }
        if (request.Filter.Disabled is { } disabled)
            clients = clients.Where(c => c.Disabled == disabled);
        var page = clients;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            page = page.Where(c => string.Compare(c.ClientId, after) > 0);
        var rows = await page.OrderBy(c => c.ClientId).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await clients.LongCountAsync(ct) : null;
        return Page<ClientView>.Of(await db.Views(rows, clock.GetUtcNow(), ct), size, c => [c.ClientId], total);
    }
}

internal sealed class FindClientsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/clients", Handle).Requires(IdentityPermissions.Read);

    /// <summary>Find clients</summary>
    /// <remarks>Gives the registered applications in the order of their client ids.</remarks>
    private static async Task<PageAnswer<ClientView>> Handle(
        [AsParameters] ClientFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindClients(filter, page), ct));
}
