using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Access;

/// <summary>Which look-ups are wanted; every filter that is given must hold.</summary>
/// <param name="DossierCode">Code of the dossier whose data were seen.</param>
/// <param name="Subject">Who looked: id of a user or an application.</param>
/// <param name="Client">Through which application.</param>
/// <param name="Purpose">What the data were shown for, such as <c>applicant</c> or <c>form-01</c>.</param>
/// <param name="From">Not before this instant.</param>
/// <param name="To">Before this instant.</param>
internal sealed record AccessFilter(
    [property: FromQuery(Name = "dossierCode")] string? DossierCode = null,
    [property: FromQuery(Name = "subject")] string? Subject = null,
    [property: FromQuery(Name = "client")] string? Client = null,
    [property: FromQuery(Name = "purpose")] string? Purpose = null,
    [property: FromQuery(Name = "from")] DateTimeOffset? From = null,
    [property: FromQuery(Name = "to")] DateTimeOffset? To = null
);

/// <summary>That somebody saw the personal data of a dossier in full.</summary>
/// <param name="Id">Identifier of the entry.</param>
/// <param name="At">When.</param>
/// <param name="Subject">Who looked: id of a user or an application.</param>
/// <param name="ClientId">Through which application.</param>
/// <param name="Purpose">What the data were shown for.</param>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="DossierCode">Code of the dossier.</param>
/// <param name="ApplicantIdentityNumber">Whose data: the identity number with its middle hidden.</param>
internal sealed record AccessEntryView(
    Guid Id,
    DateTimeOffset At,
    string Subject,
    string ClientId,
    string Purpose,
    Guid DossierId,
    string DossierCode,
    string? ApplicantIdentityNumber
);

internal sealed record FindAccessEntries(AccessFilter Filter, PageRequest Page) : IQuery<Page<AccessEntryView>>;

/// <summary>Who looked at whose dossier, as far as the caller sees the dossiers (Law 91/2025/QH15).</summary>
internal static class AccessEntries
{
    public static IQueryable<AccessEntryView> Matching(DossiersDbContext db, AccessFilter filter, Guid? before = null)
    {
        var entries =
            from e in db.AccessLog
            join d in db.Visible on e.DossierId equals d.Id
            select new
            {
                Entry = e,
                d.Code,
                d.PortalCode,
                d.Applicant.IdentityNumber,
            };
        if (filter.DossierCode is { } code)
            entries = entries.Where(e => e.Code == code || e.PortalCode == code);
        if (filter.Subject is { } subject)
            entries = entries.Where(e => e.Entry.Subject == subject);
        if (filter.Client is { } client)
            entries = entries.Where(e => e.Entry.ClientId == client);
        if (filter.Purpose is { } purpose)
            entries = entries.Where(e => e.Entry.Purpose == purpose);
        if (filter.From is { } from)
            entries = entries.Where(e => e.Entry.At >= from);
        if (filter.To is { } to)
            entries = entries.Where(e => e.Entry.At < to);
        if (before is { } cursor)
            entries = entries.Where(e => e.Entry.Id.CompareTo(cursor) < 0);
        return entries
            .OrderByDescending(e => e.Entry.Id)
            .Select(e => new AccessEntryView(
                e.Entry.Id,
                e.Entry.At,
                e.Entry.Subject,
                e.Entry.ClientId,
                e.Entry.Purpose,
                e.Entry.DossierId.Value,
                e.Code,
                e.IdentityNumber
            ));
    }

    public static AccessEntryView Masked(this AccessEntryView entry) =>
        entry with
        {
            ApplicantIdentityNumber = Mask.Number(entry.ApplicantIdentityNumber),
        };
}

internal sealed class FindAccessEntriesHandler(DossiersDbContext db) : IRequestHandler<FindAccessEntries, Page<AccessEntryView>>
{
    public async Task<Page<AccessEntryView>> Handle(FindAccessEntries request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var entries = AccessEntries.Matching(db, request.Filter, Cursors.ReadId(request.Page.Cursor));
        long? total = request.Page.WithTotal == true ? await AccessEntries.Matching(db, request.Filter).LongCountAsync(ct) : null;
        var page = Page<AccessEntryView>.Of(await entries.Take(size + 1).ToListAsync(ct), size, e => [e.Id], total);
        return page with { Items = [.. page.Items.Select(e => e.Masked())] };
    }
}

internal sealed class FindAccessEntriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/access-entries", Handle).Requires(DossiersPermissions.Audit);

    /// <summary>Find who saw personal data</summary>
    /// <remarks>Gives who saw the personal data of which dossier in full, newest first, for the dossiers that the caller may see.</remarks>
    private static async Task<PageAnswer<AccessEntryView>> Handle(
        [AsParameters] AccessFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindAccessEntries(filter, page), ct));
}
