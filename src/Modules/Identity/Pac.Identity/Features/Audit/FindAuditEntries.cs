using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Audit;

/// <summary>Which entries are looked for.</summary>
/// <param name="Module">Only acts in this module.</param>
/// <param name="Act">Only this act, such as <c>SignIn</c> or <c>ChangeRole</c>.</param>
/// <param name="Kind">Only acts on this kind of thing.</param>
/// <param name="Thing">Only acts on this one.</param>
/// <param name="Subject">Only acts of this user or application.</param>
/// <param name="Client">Only acts through this application.</param>
/// <param name="From">Not before this instant.</param>
/// <param name="To">Before this instant.</param>
internal sealed record AuditFilter(
    [property: FromQuery(Name = "module")] string? Module,
    [property: FromQuery(Name = "act")] string? Act,
    [property: FromQuery(Name = "kind")] string? Kind,
    [property: FromQuery(Name = "thing")] string? Thing,
    [property: FromQuery(Name = "subject")] string? Subject,
    [property: FromQuery(Name = "client")] string? Client,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To
);

/// <summary>One act: who, what, when, from where, before and after.</summary>
/// <param name="Id">Identifier of the entry.</param>
/// <param name="At">When.</param>
/// <param name="Module">In which module.</param>
/// <param name="Act">What was done.</param>
/// <param name="Kind">Kind of thing acted on.</param>
/// <param name="Thing">Which one.</param>
/// <param name="Subject">Who acted: id of a user or an application; empty for somebody unknown.</param>
/// <param name="SubjectName">Name of who acted, where it is still known.</param>
/// <param name="ClientId">Through which application.</param>
/// <param name="Address">From which network address.</param>
/// <param name="TraceId">Trace in which it happened.</param>
/// <param name="Changes">Changed members with their values before and after; personal values are left out.</param>
internal sealed record AuditEntryView(
    Guid Id,
    DateTimeOffset At,
    string Module,
    string Act,
    string Kind,
    string Thing,
    string Subject,
    string? SubjectName,
    string ClientId,
    string? Address,
    string? TraceId,
    JsonElement? Changes
);

internal sealed record FindAuditEntries(AuditFilter Filter, PageRequest Page) : IQuery<Page<AuditEntryView>>;

/// <summary>Reads the trails of all modules as one, newest first: each gives its own page, and the newest of all are taken.</summary>
internal sealed class FindAuditEntriesHandler(IdentityStore db, IEnumerable<ModuleContext> modules, IServiceProvider services)
    : IRequestHandler<FindAuditEntries, Page<AuditEntryView>>
{
    public async Task<Page<AuditEntryView>> Handle(FindAuditEntries request, CancellationToken ct)
    {
        AuditReach.MustCoverProvince(db.User);
        var size = request.Page.Size();
        var before = Cursors.ReadId(request.Page.Cursor);
        List<(string Module, AuditEntry Entry)> found = [];
        long? total = request.Page.WithTotal == true ? 0 : null;
        foreach (var module in modules.Where(m => request.Filter.Module is null || m.Module.Name == request.Filter.Module))
        {
            var entries = module.Resolve(services).Audit.AsNoTracking().Matching(request.Filter);
            if (total is not null)
                total += await entries.LongCountAsync(ct);
            if (before is { } cursor)
                entries = entries.Where(e => e.Id.CompareTo(cursor) < 0);
            found.AddRange(
                (await entries.OrderByDescending(e => e.Id).Take(size + 1).ToListAsync(ct)).Select(e => (module.Module.Name, e))
            );
        }
        var rows = found.OrderByDescending(f => f.Entry.Id.ToString("N"), StringComparer.Ordinal).Take(size + 1).ToList();
        var names = await db.NamesOf(rows.Select(r => r.Entry.Subject), ct);
        return Page<AuditEntryView>.Of([.. rows.Select(r => View(r.Module, r.Entry, names))], size, e => [e.Id], total);
    }

    private static AuditEntryView View(string module, AuditEntry e, Dictionary<string, string> names) =>
        new(
            e.Id,
            e.At,
            module,
            e.Act,
            e.Kind,
            e.Thing,
            e.Subject,
            names.GetValueOrDefault(e.Subject),
            e.ClientId,
            e.Address,
            e.TraceId,
            e.Changes is null ? null : JsonSerializer.Deserialize<JsonElement>(e.Changes)
        );
}

internal sealed class FindAuditEntriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/audit-entries", Handle).Requires(IdentityPermissions.Audit);

    /// <summary>Find audit entries</summary>
    /// <remarks>Gives who did what, newest first: sign-ins and failures, acts of administration, changes of rights, refused accesses and every change of business data.</remarks>
    private static async Task<PageAnswer<AuditEntryView>> Handle(
        [AsParameters] AuditFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindAuditEntries(filter, page), ct));
}
