using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

internal sealed record GetSyncLedger(Guid Id) : IQuery<SyncLedger>;

/// <summary>What was exchanged about a dossier.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="StatedBy">Which system may state its status now.</param>
/// <param name="Total">How many messages there are in all.</param>
/// <param name="Entries">The messages, oldest first: all of them, or the newest 1,000.</param>
internal sealed record SyncLedger(Guid DossierId, StatedBy StatedBy, int Total, IReadOnlyList<SyncEntry> Entries);

/// <summary>One message about a dossier.</summary>
/// <param name="Partner">The other system.</param>
/// <param name="Message">The message.</param>
internal sealed record SyncEntry(ExchangePartner Partner, ExchangeMessageView Message);

internal sealed class GetSyncLedgerHandler(DossiersDbContext db) : IRequestHandler<GetSyncLedger, SyncLedger>
{
    private const int Most = 1000;

    public async Task<SyncLedger> Handle(GetSyncLedger request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        var dossier = await db.FindVisible(id) ?? throw new NotFoundException("dossier");
        var all = db.ExchangeMessages.AsNoTracking().Where(m => m.DossierId == id);
        var entries = await all.OrderByDescending(m => m.Position).Take(Most).ToListAsync(ct);
        entries.Reverse();
        var total = entries.Count < Most ? entries.Count : await all.CountAsync(ct);
        return new(request.Id, dossier.StatedBy, total, [.. entries.Select(m => new SyncEntry(m.Partner, ExchangeMessageView.Of(m)))]);
    }
}

internal sealed class GetSyncLedgerEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/sync-ledger", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read the ledger of synchronisation</summary>
    /// <remarks>Gives every message about a dossier to and from other systems: when it happened, when it was synchronised, and the answer; of more than 1,000 the newest, and how many there are.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<SyncLedger>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetSyncLedger(id), ct));
}
