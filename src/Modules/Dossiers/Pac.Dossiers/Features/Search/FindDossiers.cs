using System.Linq.Expressions;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>Which dossiers are wanted; every filter that is given must hold.</summary>
/// <param name="Code">Exact dossier code: that of the receipt, or that of the national portal.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="FieldCode">The field of the procedure.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
/// <param name="ReceivedFrom">First day of reception.</param>
/// <param name="ReceivedTo">Last day of reception.</param>
/// <param name="Overdue">Only those that are not settled although their due instant has passed.</param>
/// <param name="Sort">The order: <c>-receivedAt</c>, newest first (default), or <c>dueAt</c>, the most urgent open ones first.</param>
internal sealed record DossierFilter(
    [property: FromQuery(Name = "code")] string? Code = null,
    [property: FromQuery(Name = "status")] DossierStatus? Status = null,
    [property: FromQuery(Name = "procedureCode")] string? ProcedureCode = null,
    [property: FromQuery(Name = "fieldCode")] string? FieldCode = null,
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "channel")] Channel? Channel = null,
    [property: FromQuery(Name = "assignedTo")] string? AssignedTo = null,
    [property: FromQuery(Name = "receivedFrom")] DateOnly? ReceivedFrom = null,
    [property: FromQuery(Name = "receivedTo")] DateOnly? ReceivedTo = null,
    [property: FromQuery(Name = "overdue")] bool? Overdue = null,
    [property: FromQuery(Name = "sort")] string? Sort = null
)
{
    public bool IsEmpty => this == new DossierFilter();
}

/// <summary>One line of the list of dossiers.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="PortalCode">Code at the national portal, when it came from there.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="FieldCode">The field it belongs to.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ApplicantName">Name of the applicant.</param>
/// <param name="ApplicantIdentityNumber">Identity number with its middle hidden.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
/// <param name="ReceivedAt">When it was received; of what was only submitted, when it was submitted.</param>
/// <param name="DueAt">When the result is due; left out while the clock stands still.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="ReturnedAt">When the result was given back.</param>
/// <param name="FoundAs">In which part the person who was looked for has to do with it; left out where nobody was looked for.</param>
internal sealed record DossierLine(
    Guid Id,
    string Code,
    string? PortalCode,
    string ProcedureCode,
    string FieldCode,
    string CentreCode,
    string AgencyCode,
    Channel Channel,
    DossierStatus Status,
    string ApplicantName,
    string? ApplicantIdentityNumber,
    string? AssignedTo,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    IReadOnlyList<PersonPart>? FoundAs
);

internal sealed record FindDossiers(DossierFilter Filter, PageRequest Page) : IQuery<Page<DossierLine>>;

internal sealed class FindDossiersHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<FindDossiers, Page<DossierLine>>
{
    public async Task<Page<DossierLine>> Handle(FindDossiers request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var cursor = Cursors.ReadInstantAndId(request.Page.Cursor);
        var byDue = request.Filter.Sort switch
        {
            null or "-receivedAt" => false,
            "dueAt" => true,
            _ => throw InvalidRequestException.Query(
                "sort",
                "unknown-order",
                "Chỉ sắp xếp theo -receivedAt hoặc dueAt.",
                "The orders are -receivedAt and dueAt."
            ),
        };
        if (request.Filter.IsEmpty && size == PageRequest.DefaultLimit && request.Page.WithTotal != true)
            return Cut(await NewestPage.Read(db, cursor, ct), size, byDue, null);

        long? total =
            request.Page.WithTotal == true ? await Filtered(db.Visible, request.Filter, byDue, clock.GetUtcNow()).LongCountAsync(ct) : null;
        // A code names one dossier at most, in whatever part of the scope it is.
        var rows = Filtered(request.Filter.Code is null ? db.VisibleInOrder() : db.Visible, request.Filter, byDue, clock.GetUtcNow());
        rows = After(rows, cursor, byDue);
        var page = byDue ? rows.MostUrgent(size + 1) : rows.Newest(size + 1);
        return Cut(await page.Select(NewestPage.Line).ToListAsync(ct), size, byDue, total);
    }

    internal static IQueryable<Dossier> After(IQueryable<Dossier> rows, (DateTimeOffset, Guid)? cursor, bool byDue)
    {
        if (cursor is not var (at, id))
            return rows;
        var after = new DossierId(id);
        return byDue
            ? rows.Where(d => d.DueAt >= at && (d.DueAt > at || d.Id > after))
            : rows.Where(d => d.ReceivedAt <= at && (d.ReceivedAt < at || d.Id < after));
    }

    internal static IQueryable<Dossier> Filtered(IQueryable<Dossier> rows, DossierFilter f, bool byDue, DateTimeOffset now)
    {
        if (byDue)
            rows = rows.Where(d => d.SettledAt == null && d.DueAt != null);
        if (f.Code is not null)
            rows = rows.WithCode(f.Code);
        // Written into the statement, so that the planner sees whether the index of those on their way fits.
        if (f.Status is { } status)
            rows = rows.Where(d => d.Status == EF.Constant(status));
        if (f.ProcedureCode is not null)
            rows = rows.Where(d => d.ProcedureCode == f.ProcedureCode);
        if (f.FieldCode is not null)
            rows = rows.Where(d => d.FieldCode == f.FieldCode);
        if (f.CentreCode is not null)
            rows = rows.Where(d => d.CentreCode == f.CentreCode);
        if (f.AgencyCode is not null)
            rows = rows.Where(d => d.AgencyCode == f.AgencyCode);
        if (f.Channel is not null)
            rows = rows.Where(d => d.Channel == f.Channel);
        if (f.AssignedTo is not null)
            rows = rows.Where(d => d.AssignedTo == f.AssignedTo);
        // The first day there is begins before the first instant there is.
        if (f.ReceivedFrom is { } from && from > DateOnly.MinValue)
        {
            var begin = from.StartInstant().ToUniversalTime();
            rows = rows.Where(d => d.ReceivedAt >= begin);
        }
        if (f.ReceivedTo is { } to && to < DateOnly.MaxValue)
        {
            var end = to.AddDays(1).StartInstant().ToUniversalTime();
            rows = rows.Where(d => d.ReceivedAt < end);
        }
        if (f.Overdue == true)
            rows = rows.Where(new OverdueAt(now));
        if (f.Overdue == false)
            rows = rows.Where(!new OverdueAt(now));
        return rows;
    }

    private static Page<DossierLine> Cut(List<DossierLine> rows, int size, bool byDue, long? total)
    {
        var page = Page<DossierLine>.Of(rows, size, d => [byDue ? d.DueAt!.Value : d.ReceivedAt, d.Id], total);
        return page with
        {
            Items = [.. page.Items.Select(d => d with { ApplicantIdentityNumber = Mask.Number(d.ApplicantIdentityNumber) })],
        };
    }
}

/// <summary>The page that every desk opens all day, without a filter: compiled once per kind of data scope, its size a literal for the planner.</summary>
internal static class NewestPage
{
    public static readonly Expression<Func<Dossier, DossierLine>> Line = d => new DossierLine(
        d.Id.Value,
        d.Code,
        d.PortalCode,
        d.ProcedureCode,
        d.FieldCode,
        d.CentreCode,
        d.AgencyCode,
        d.Channel,
        d.Status,
        d.Applicant.Name,
        d.Applicant.IdentityNumber,
        d.AssignedTo,
        d.ReceivedAt,
        d.DueAt,
        d.SettledAt,
        d.ReturnedAt,
        null
    );

    private const int Rows = PageRequest.DefaultLimit + 1;
    private static readonly DateTimeOffset End = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Func<DossiersDbContext, DateTimeOffset, DossierId, IAsyncEnumerable<DossierLine>> OfProvince =
        EF.CompileAsyncQuery(
            (DossiersDbContext db, DateTimeOffset at, DossierId id) =>
                db
                    .AllDossiers.Where(d => d.ReceivedAt <= at && (d.ReceivedAt < at || d.Id < id))
                    .OrderByDescending(d => d.ReceivedAt)
                    .ThenByDescending(d => d.Id)
                    .Take(Rows)
                    .Select(Line)
        );

    // What came from elsewhere has an index of its own; see ScopedPages.
    private static readonly Func<DossiersDbContext, string, DateTimeOffset, DossierId, IAsyncEnumerable<DossierLine>> OfCentre =
        EF.CompileAsyncQuery(
            (DossiersDbContext db, string code, DateTimeOffset at, DossierId id) =>
                db
                    .AllDossiers.Where(d => d.CentreCode == code && d.ReceivedAt <= at && (d.ReceivedAt < at || d.Id < id))
                    .OrderByDescending(d => d.ReceivedAt)
                    .ThenByDescending(d => d.Id)
                    .Take(Rows)
                    .Concat(
                        db.AllDossiers.Where(d => d.ReturnCentreCode == code && d.ReceivedAt <= at && (d.ReceivedAt < at || d.Id < id))
                            .OrderByDescending(d => d.ReceivedAt)
                            .ThenByDescending(d => d.Id)
                            .Take(Rows)
                    )
                    .OrderByDescending(d => d.ReceivedAt)
                    .ThenByDescending(d => d.Id)
                    .Take(Rows)
                    .Select(Line)
        );

    private static readonly Func<DossiersDbContext, string, DateTimeOffset, DossierId, IAsyncEnumerable<DossierLine>> OfAgency =
        EF.CompileAsyncQuery(
            (DossiersDbContext db, string code, DateTimeOffset at, DossierId id) =>
                db
                    .AllDossiers.Where(d => d.AgencyCode == code && d.ReceivedAt <= at && (d.ReceivedAt < at || d.Id < id))
                    .OrderByDescending(d => d.ReceivedAt)
                    .ThenByDescending(d => d.Id)
                    .Take(Rows)
                    .Concat(
                        db.AllDossiers.Where(d => d.HandlingAgencyCode == code && d.ReceivedAt <= at && (d.ReceivedAt < at || d.Id < id))
                            .OrderByDescending(d => d.ReceivedAt)
                            .ThenByDescending(d => d.Id)
                            .Take(Rows)
                    )
                    .OrderByDescending(d => d.ReceivedAt)
                    .ThenByDescending(d => d.Id)
                    .Take(Rows)
                    .Select(Line)
        );

    public static async Task<List<DossierLine>> Read(DossiersDbContext db, (DateTimeOffset At, Guid Id)? cursor, CancellationToken ct)
    {
        var at = cursor?.At ?? End;
        var id = new DossierId(cursor?.Id ?? Guid.AllBitsSet);
        var scope = db.User.Scope;
        var rows = scope.Kind switch
        {
            DataScopeKind.Province => OfProvince(db, at, id),
            DataScopeKind.Centre => OfCentre(db, scope.Code, at, id),
            DataScopeKind.Agency => OfAgency(db, scope.Code, at, id),
            _ => null,
        };
        List<DossierLine> lines = [];
        if (rows is null)
            return lines;
        await foreach (var row in rows.WithCancellation(ct))
            lines.Add(row);
        return lines;
    }
}

internal sealed class FindDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Find dossiers</summary>
    /// <remarks>Gives the dossiers that the caller may see and that satisfy every filter, one page at a time.</remarks>
    private static async Task<PageAnswer<DossierLine>> Handle(
        [AsParameters] DossierFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindDossiers(filter, page), ct));
}
