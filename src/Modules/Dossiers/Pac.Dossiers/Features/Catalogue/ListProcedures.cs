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

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListProcedures(ProcedureFilter Filter, PageRequest Page) : IQuery<Page<ProcedureLine>>;

/// <summary>Which procedures are wanted.</summary>
/// <param name="Search">Words of the name or the code, in any order, with or without diacritics.</param>
/// <param name="FieldCode">Only procedures of this field.</param>
/// <param name="AgencyCode">Only procedures on which this agency decides.</param>
/// <param name="Level">Only procedures of this level.</param>
/// <param name="OnlineLevel">Only procedures that can be done online so far.</param>
/// <param name="Ended">Only procedures that have ended, or only those that have not; both when left out.</param>
internal sealed record ProcedureFilter(
    [property: FromQuery(Name = "search")] string? Search = null,
    [property: FromQuery(Name = "fieldCode")] string? FieldCode = null,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "level")] AgencyLevel? Level = null,
    [property: FromQuery(Name = "onlineLevel")] OnlineLevel? OnlineLevel = null,
    [property: FromQuery(Name = "ended")] bool? Ended = null
);

/// <summary>One line of the catalogue.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="LastVersion">Number of the newest version, from 1.</param>
/// <param name="Level">Which level decides.</param>
/// <param name="AgencyCode">The competent agency; left out when it is the commune's.</param>
/// <param name="OnlineLevel">How far it can be done online.</param>
/// <param name="EndsOn">Last day it is in force; left out while no end is decided.</param>
internal sealed record ProcedureLine(
    string Code,
    string FieldCode,
    string Name,
    string NameEn,
    int LastVersion,
    AgencyLevel? Level,
    string? AgencyCode,
    OnlineLevel? OnlineLevel,
    DateOnly? EndsOn
);

internal sealed class ListProceduresHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<ListProcedures, Page<ProcedureLine>>
{
    public async Task<Page<ProcedureLine>> Handle(ListProcedures request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.Procedures.IgnoreAutoIncludes();
        var (filter, today) = (request.Filter, clock.GetUtcNow().LocalDay());
        if (filter.FieldCode is { } field)
            rows = rows.Where(p => p.FieldCode == field);
        if (filter.AgencyCode is { } agency)
            rows = rows.Where(p => p.AgencyCode == agency);
        if (filter.Level is { } level)
            rows = rows.Where(p => p.Level == level);
        if (filter.OnlineLevel is { } online)
            rows = rows.Where(p => p.OnlineLevel == online);
        if (filter.Ended is { } ended)
            rows = rows.Where(p => (p.EndsOn != null && p.EndsOn < today) == ended);
        // A few thousand rows at most: read through faster than an index on parts of words would be kept up.
        foreach (var word in Folded.Of(filter.Search).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            rows = rows.Where(p => p.Search.Contains(word));
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(p => p.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(p => p.Code)
            .Take(size + 1)
            .Select(p => new ProcedureLine(
                p.Code,
                p.FieldCode,
                p.Name,
                p.NameEn,
                p.LastVersion,
                p.Level,
                p.AgencyCode,
                p.OnlineLevel,
                p.EndsOn
            ))
            .ToListAsync(ct);
        return Page<ProcedureLine>.Of(page, size, p => [p.Code], total);
    }
}

internal sealed class ListProceduresEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/procedures", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the procedures</summary>
    /// <remarks>Gives the catalogue by code, narrowed by words of the name, field, agency, level and online level, one page at a time.</remarks>
    private static async Task<PageAnswer<ProcedureLine>> Handle(
        [AsParameters] ProcedureFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListProcedures(filter, page), ct));
}
