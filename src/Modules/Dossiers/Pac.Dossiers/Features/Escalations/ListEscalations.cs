using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

/// <summary>Which escalations are wanted.</summary>
/// <param name="Open">Only those that are neither answered nor withdrawn, or only the others.</param>
/// <param name="Seen">Only those that were seen, or only those that were not.</param>
internal sealed record EscalationFilter(
    [property: FromQuery(Name = "open")] bool? Open = null,
    [property: FromQuery(Name = "seen")] bool? Seen = null
);

internal sealed record ListEscalations(EscalationFilter Filter, PageRequest Page) : IQuery<Page<EscalationView>>;

internal sealed class ListEscalationsHandler(DossiersDbContext db) : IRequestHandler<ListEscalations, Page<EscalationView>>
{
    public async Task<Page<EscalationView>> Handle(ListEscalations request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var subject = db.User.Caller.Subject;
        var all = db.VisibleEscalations.AsNoTracking().Where(e => e.Recipient == subject);
        if (request.Filter.Open is { } open)
            all = all.Where(e => (e.AcknowledgedAt == null && e.WithdrawnAt == null) == open);
        if (request.Filter.Seen is { } seen)
            all = all.Where(e => (e.SeenAt != null) == seen);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        if (Cursors.ReadId(request.Page.Cursor) is { } before)
        {
            var last = new EscalationId(before);
            all = all.Where(e => e.Id < last);
        }
        var rows = await all.OrderByDescending(e => e.Id).Take(size + 1).Select(EscalationView.Row).ToListAsync(ct);
        return Page<EscalationView>.Of(rows, size, e => [e.Id], total);
    }
}

internal sealed class ListEscalationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/escalations", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List my escalations</summary>
    /// <remarks>Gives what the caller was told of terms that near their end or have passed, newest first.</remarks>
    private static async Task<PageAnswer<EscalationView>> Handle(
        [AsParameters] EscalationFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListEscalations(filter, page), ct));
}
