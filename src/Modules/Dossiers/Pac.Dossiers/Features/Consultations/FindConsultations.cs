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

namespace Pac.Dossiers.Features.Consultations;

/// <summary>Which consultations are wanted; every filter that is given must hold.</summary>
/// <param name="AgencyCode">The agency that is asked.</param>
/// <param name="DossierCode">Code of the dossier.</param>
/// <param name="Awaited">Only those that nobody has answered or taken back, or only the others.</param>
internal sealed record ConsultationFilter(
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "dossierCode")] string? DossierCode = null,
    [property: FromQuery(Name = "awaited")] bool? Awaited = null
);

internal sealed record FindConsultations(ConsultationFilter Filter, PageRequest Page) : IQuery<Page<ConsultationView>>;

internal sealed class FindConsultationsHandler(DossiersDbContext db) : IRequestHandler<FindConsultations, Page<ConsultationView>>
{
    public async Task<Page<ConsultationView>> Handle(FindConsultations request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var codes = request.Filter.DossierCode is { } code ? await db.CodesOf(code, ct) : null;
        var rows = Matching(request.Filter, codes);
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadId(request.Page.Cursor) is { } id)
        {
            var before = new AgencyConsultationId(id);
            rows = rows.Where(c => c.Id < before);
        }
        var found = await rows.OrderByDescending(c => c.Id).Take(size + 1).ToListAsync(ct);
        return Page<ConsultationView>.Of([.. found.Select(ConsultationView.Of)], size, c => [c.Id], total);
    }

    private IQueryable<AgencyConsultation> Matching(ConsultationFilter filter, List<string>? codes)
    {
        var rows = db.VisibleConsultations.AsNoTracking();
        if (filter.AgencyCode is { } agency)
            rows = rows.Where(c => c.AgencyCode == agency);
        if (codes is not null)
            rows = rows.Where(c => codes.Contains(c.DossierCode));
        return filter.Awaited switch
        {
            true => rows.Where(c => c.AnsweredAt == null && c.WithdrawnAt == null),
            false => rows.Where(c => c.AnsweredAt != null || c.WithdrawnAt != null),
            null => rows,
        };
    }
}

internal sealed class FindConsultationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/consultations", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Find consultations</summary>
    /// <remarks>Gives the consultations on the dossiers that the caller may see, and those the caller's agency is asked in, newest first.</remarks>
    private static async Task<PageAnswer<ConsultationView>> Handle(
        [AsParameters] ConsultationFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindConsultations(filter, page), ct));
}
