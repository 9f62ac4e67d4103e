using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Audit;

/// <summary>The entries that match, module by module, oldest first; read as they are asked for.</summary>
internal sealed record ExportAuditEntries(AuditFilter Filter) : IQuery<IAsyncEnumerable<(string Module, AuditEntry Entry)>>;

internal sealed class ExportAuditEntriesHandler(IdentityStore db, IEnumerable<ModuleContext> modules, IServiceProvider services)
    : IRequestHandler<ExportAuditEntries, IAsyncEnumerable<(string, AuditEntry)>>
{
    public async Task<IAsyncEnumerable<(string, AuditEntry)>> Handle(ExportAuditEntries request, CancellationToken ct)
    {
        AuditReach.MustCoverProvince(db.User);
        // That the trail was taken out is itself part of the trail.
        db.Note("AuditTrail", request.Filter.Module ?? "");
        await db.SaveChangesAsync(ct);
        return Entries(request.Filter, ct);
    }

    private async IAsyncEnumerable<(string, AuditEntry)> Entries(AuditFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var module in modules.Where(m => filter.Module is null || m.Module.Name == filter.Module))
        {
            var entries = module.Resolve(services).Audit.AsNoTracking().Matching(filter).OrderBy(e => e.Id);
            await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
                yield return (module.Module.Name, entry);
        }
    }
}

internal sealed class ExportAuditEntriesEndpoint : IEndpoint
{
    private static readonly string[] Head =
    [
        "module",
        "seq",
        "at",
        "act",
        "kind",
        "thing",
        "subject",
        "clientId",
        "address",
        "traceId",
        "changes",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit-entries/export", Handle).Requires(IdentityPermissions.Audit).AnswersFile("text/csv");

    /// <summary>Export audit entries</summary>
    /// <remarks>Gives all matching entries as CSV in UTF-8, module by module, oldest first. Cells that a spreadsheet would take for a formula begin with an apostrophe.</remarks>
    private static async Task<IResult> Handle([AsParameters] AuditFilter filter, HttpContext http, ISender sender, CancellationToken ct)
    {
        var entries = await sender.Send(new ExportAuditEntries(filter), ct);
        return Csv(http, entries);
    }

    /// <summary>The entries as a file.</summary>
    internal static IResult Csv(HttpContext http, IAsyncEnumerable<(string Module, AuditEntry Entry)> entries)
    {
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        return TypedResults.Stream(body => Write(body, entries, http.RequestAborted), "text/csv; charset=utf-8", "audit.csv");
    }

    private static async Task Write(Stream body, IAsyncEnumerable<(string Module, AuditEntry Entry)> entries, CancellationToken ct)
    {
        // The mark of UTF-8 in front, for the spreadsheet that guesses otherwise.
        var options = new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true };
        await using var csv = CsvWriter.Create(body, options, leaveOpen: true);
        await csv.WriteRecordAsync(Head, ct);
        await foreach (var (module, e) in entries.WithCancellation(ct))
        {
            var (seq, at) = (e.Seq.ToString(CultureInfo.InvariantCulture), e.At.ToString("O", CultureInfo.InvariantCulture));
            await csv.WriteRecordAsync(
                [module, seq, at, e.Act, e.Kind, e.Thing, e.Subject, e.ClientId, e.Address, e.TraceId, e.Changes],
                ct
            );
        }
    }
}
