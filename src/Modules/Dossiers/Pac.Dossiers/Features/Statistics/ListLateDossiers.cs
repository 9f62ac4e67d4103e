using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ListLateDossiers(DateOnly From, DateOnly To, PageRequest Page) : IQuery<Page<LateDossier>>;

/// <summary>A dossier that was settled after its due instant.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="FieldCode">The field.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="DueAt">When the result was promised.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="LateCause">Why it was late, as stated.</param>
internal sealed record LateDossier(
    Guid Id,
    string Code,
    string ProcedureCode,
    string FieldCode,
    string AgencyCode,
    DateTimeOffset ReceivedAt,
    DateTimeOffset DueAt,
    DateTimeOffset SettledAt,
    string? LateCause
);

internal sealed class ListLateDossiersHandler(DossiersDbContext db) : IRequestHandler<ListLateDossiers, Page<LateDossier>>
{
    public async Task<Page<LateDossier>> Handle(ListLateDossiers request, CancellationToken ct)
    {
        Period.Check(request.From, request.To);
        var size = request.Page.Size();
        var begin = request.From.StartInstant().ToUniversalTime();
        var end = request.To.AddDays(1).StartInstant().ToUniversalTime();
        var rows = db.Visible.Where(new SettledLate()).Where(d => d.SettledAt >= begin && d.SettledAt < end);
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadInstantAndId(request.Page.Cursor) is var (at, id))
        {
            var after = new DossierId(id);
            rows = rows.Where(d => d.SettledAt > at || d.SettledAt == at && d.Id > after);
        }
        var page = await rows.OrderBy(d => d.SettledAt)
            .ThenBy(d => d.Id)
            .Take(size + 1)
            .Select(d => new LateDossier(
                d.Id.Value,
                d.Code,
                d.ProcedureCode,
                d.FieldCode,
                d.AgencyCode,
                d.ReceivedAt,
                d.DueAt!.Value,
                d.SettledAt!.Value,
                d.LateCause
            ))
            .ToListAsync(ct);
        return Page<LateDossier>.Of(page, size, d => [d.SettledAt, d.Id], total);
    }
}

internal sealed class ListLateDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/late-dossiers", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>List the late dossiers</summary>
    /// <remarks>Names every dossier that was settled late in the period, with its cause, in the order of settlement.</remarks>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    private static async Task<PageAnswer<LateDossier>> Handle(
        DateOnly from,
        DateOnly to,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListLateDossiers(from, to, page), ct));
}
