using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>Which users are looked for.</summary>
/// <param name="Search">Words of the name, user name or e-mail address; diacritics and case do not matter.</param>
/// <param name="Role">Only holders of this role today, by its code.</param>
/// <param name="Scope">Only those with rights over exactly these data today, such as <c>centre:dak-lak</c>.</param>
/// <param name="Disabled">Only disabled ones, or only active ones.</param>
internal sealed record UserFilter(
    [property: FromQuery(Name = "search")] string? Search,
    [property: FromQuery(Name = "role")] string? Role,
    [property: FromQuery(Name = "scope")] string? Scope,
    [property: FromQuery(Name = "disabled")] bool? Disabled
);

internal sealed record FindUsers(UserFilter Filter, PageRequest Page) : IQuery<Page<UserView>>;

internal sealed class FindUsersHandler(IdentityStore db, TimeProvider clock) : IRequestHandler<FindUsers, Page<UserView>>
{
    public async Task<Page<UserView>> Handle(FindUsers request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var (filter, today) = (request.Filter, clock.GetUtcNow().LocalDay());
        var users = db.Visible();
        foreach (var word in Folded.Of(filter.Search).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            users = users.Where(u => u.Search.Contains(word));
        if (filter.Disabled is { } disabled)
            users = users.Where(u => u.Disabled == disabled);
        if (filter.Role is { } role || filter.Scope is not null)
        {
            users = users.Where(u =>
                u.Assignments.Any(a =>
                    (a.StartsOn ?? today) <= today
                    && (a.EndsOn ?? today) >= today
                    && (filter.Scope == null || a.Scope == filter.Scope)
                    && (filter.Role == null || db.Roles.Any(r => r.Id == a.RoleId && r.Name == filter.Role))
                )
            );
        }
        var page = users;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            page = page.Where(u => string.Compare(u.NormalizedUserName, after) > 0);
        var rows = await page.OrderBy(u => u.NormalizedUserName)
            .Take(size + 1)
            .AsNoTracking()
            .Select(UserProjection.Of(db))
            .ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await users.LongCountAsync(ct) : null;
        return Page<UserView>.Of([.. rows.Select(r => r.View)], size, u => [u.UserName.ToUpperInvariant()], total);
    }
}

internal sealed class FindUsersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/users", Handle).Requires(IdentityPermissions.Read);

    /// <summary>Find users</summary>
    /// <remarks>Gives the users in the order of their user names, those whom the caller administers.</remarks>
    private static async Task<PageAnswer<UserView>> Handle(
        [AsParameters] UserFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindUsers(filter, page), ct));
}
