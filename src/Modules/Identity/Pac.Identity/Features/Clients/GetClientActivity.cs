using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

internal sealed record GetClientActivity(Guid Id) : IQuery<ClientActivity>;

/// <summary>What an application did lately.</summary>
/// <param name="ClientId">Its name in the protocol.</param>
/// <param name="LastTokenAt">When it last got a token; without it, not within the time tokens are kept.</param>
/// <param name="LivingTokens">Access and refresh tokens that stand right now.</param>
/// <param name="Acts">Acts through it in the last 30 days, by what was done, most frequent first; at most 100 kinds.</param>
internal sealed record ClientActivity(string ClientId, DateTimeOffset? LastTokenAt, int LivingTokens, IReadOnlyList<ClientAct> Acts);

/// <summary>How often something was done through an application.</summary>
/// <param name="Module">In which module.</param>
/// <param name="Act">What was done.</param>
/// <param name="Count">How often.</param>
/// <param name="LastAt">When last.</param>
internal sealed record ClientAct(string Module, string Act, int Count, DateTimeOffset LastAt);

internal sealed class GetClientActivityHandler(
    IdentityStore db,
    IEnumerable<ModuleContext> modules,
    IServiceProvider services,
    TimeProvider clock
) : IRequestHandler<GetClientActivity, ClientActivity>
{
    private const int MostActs = 100;
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    public async Task<ClientActivity> Handle(GetClientActivity request, CancellationToken ct)
    {
        var name =
            await db.Set<Client>().Where(c => c.Id == request.Id).Select(c => c.ClientId).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("client");
        var now = clock.GetUtcNow();
        var (last, living) = await db.TokensOf(request.Id, now, ct);
        List<ClientAct> acts = [];
        var since = now - Period;
        foreach (var module in modules)
        {
            acts.AddRange(
                await module
                    .Resolve(services)
                    .Audit.Where(e => e.ClientId == name && e.At >= since)
                    .GroupBy(e => e.Act)
                    .Select(g => new ClientAct(module.Module.Name, g.Key, g.Count(), g.Max(e => e.At)))
                    .ToListAsync(ct)
            );
        }
        return new(name, last, living, [.. acts.OrderByDescending(a => a.Count).ThenBy(a => a.Act, StringComparer.Ordinal).Take(MostActs)]);
    }
}

internal sealed class GetClientActivityEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/clients/{id}/activity", Handle).Requires(IdentityPermissions.Read);

    /// <summary>Read what a client did</summary>
    /// <remarks>Gives when an application last got a token, how many stand, and what was done through it in the last 30 days.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    private static async Task<ValueAnswer<ClientActivity>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetClientActivity(id), ct));
}
