using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>One signed-in browser of a user.</summary>
/// <param name="Id">Identifier of the session.</param>
/// <param name="StartedAt">When he signed in.</param>
/// <param name="SeenAt">Last use, to the minute.</param>
/// <param name="Address">Network address at sign-in.</param>
/// <param name="Device">Browser and system in a few words.</param>
/// <param name="Methods">How he signed in, after RFC 8176.</param>
internal sealed record UserSessionView(
    Guid Id,
    DateTimeOffset StartedAt,
    DateTimeOffset SeenAt,
    string? Address,
    string Device,
    string Methods
);

internal sealed record ListUserSessions(Guid Id) : IQuery<IReadOnlyList<UserSessionView>>;

internal sealed class ListUserSessionsHandler(IdentityStore db) : IRequestHandler<ListUserSessions, IReadOnlyList<UserSessionView>>
{
    private const int Most = 100;

    public async Task<IReadOnlyList<UserSessionView>> Handle(ListUserSessions request, CancellationToken ct)
    {
        if (!await db.Visible().AnyAsync(u => u.Id == request.Id, ct))
            throw new NotFoundException("user");
        return await db.Set<Session>()
            .Where(s => s.UserId == request.Id && s.EndedAt == null)
            .OrderByDescending(s => s.Id)
            .Take(Most)
            .Select(s => new UserSessionView(s.Id, s.StartedAt, s.SeenAt, s.Address, s.Device, s.Amr))
            .ToListAsync(ct);
    }
}

internal sealed class ListUserSessionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/users/{id}/sessions", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>List a user's sessions</summary>
    /// <remarks>Gives the open sessions of a user, newest first, at most 100.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ValueAnswer<IReadOnlyList<UserSessionView>>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListUserSessions(id), ct));
}
