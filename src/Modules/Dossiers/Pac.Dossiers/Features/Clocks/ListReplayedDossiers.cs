using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Clocks;

internal sealed record ListReplayedDossiers(Guid Id, PageRequest Page) : IQuery<Page<ReplayedDossier>>;

/// <summary>A dossier whose instants a replay moved.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="Officer">Subject of the officer who was in charge.</param>
/// <param name="Moves">What moved.</param>
internal sealed record ReplayedDossier(Guid DossierId, string Code, string? Officer, IReadOnlyList<MovedInstant> Moves);

/// <summary>An instant that moved.</summary>
/// <param name="Which">Which one: <c>due</c>, <c>intake</c>, <c>supplement</c>, or <c>consultation:</c> with the agency that is asked.</param>
/// <param name="Before">When it was.</param>
/// <param name="After">When it is now.</param>
/// <param name="At">When it was moved.</param>
internal sealed record MovedInstant(string Which, DateTimeOffset? Before, DateTimeOffset? After, DateTimeOffset At);

internal sealed class ListReplayedDossiersHandler(DossiersDbContext db) : IRequestHandler<ListReplayedDossiers, Page<ReplayedDossier>>
{
    public async Task<Page<ReplayedDossier>> Handle(ListReplayedDossiers request, CancellationToken ct)
    {
        if (!await db.ClockReplays.AnyAsync(r => r.Id == request.Id, ct))
            throw new NotFoundException("clock-replay");
        var size = request.Page.Size();
        var dossiers = db.Visible.Where(d => db.ClockMoves.Any(m => m.ReplayId == request.Id && m.DossierId == d.Id));
        long? total = request.Page.WithTotal == true ? await dossiers.LongCountAsync(ct) : null;
        if (Cursors.ReadId(request.Page.Cursor) is { } before)
        {
            var after = new DossierId(before);
            dossiers = dossiers.Where(d => d.Id > after);
        }
        var found = await dossiers.OrderBy(d => d.Id).Take(size + 1).Select(d => new { d.Id, d.Code }).ToListAsync(ct);
        var ids = found.ConvertAll(d => d.Id);
        var moves = (
            await db.ClockMoves.AsNoTracking().Where(m => m.ReplayId == request.Id && ids.Contains(m.DossierId)).ToListAsync(ct)
        ).ToLookup(m => m.DossierId);
        var rows = found.ConvertAll(d => new ReplayedDossier(
            d.Id.Value,
            d.Code,
            moves[d.Id].First().Officer,
            [.. moves[d.Id].OrderBy(m => m.Which, StringComparer.Ordinal).Select(m => new MovedInstant(m.Which, m.Before, m.After, m.At))]
        ));
        return Page<ReplayedDossier>.Of(rows, size, r => [r.DossierId], total);
    }
}

internal sealed class ListReplayedDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/clock-replays/{id}/moved-dossiers", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the dossiers that a replay moved</summary>
    /// <remarks>Gives the dossiers whose due instant, intake or supplement answer a new calendar version moved, with both instants.</remarks>
    /// <param name="id">Identifier of the replay.</param>
    private static async Task<PageAnswer<ReplayedDossier>> Handle(
        Guid id,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListReplayedDossiers(id, page), ct));
}
