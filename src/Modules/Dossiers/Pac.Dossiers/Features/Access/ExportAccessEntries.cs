using System.Globalization;
using CsvHelper;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Access;

/// <summary>The look-ups that match, newest first; read as they are asked for.</summary>
internal sealed record ExportAccessEntries(AccessFilter Filter) : IQuery<IAsyncEnumerable<AccessEntryView>>;

internal sealed class ExportAccessEntriesHandler(DossiersDbContext db)
    : IRequestHandler<ExportAccessEntries, IAsyncEnumerable<AccessEntryView>>
{
    public async Task<IAsyncEnumerable<AccessEntryView>> Handle(ExportAccessEntries request, CancellationToken ct)
    {
        // That the log was taken out is itself an act.
        db.Note("AccessLog", request.Filter.DossierCode ?? "");
        await db.SaveChangesAsync(ct);
        return AccessEntries.Matching(db, request.Filter).AsAsyncEnumerable();
    }
}

internal sealed class ExportAccessEntriesEndpoint : IEndpoint
{
    private static readonly string[] Head =
    [
        "id",
        "at",
        "subject",
        "clientId",
        "purpose",
        "dossierId",
        "dossierCode",
        "applicantIdentityNumber",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/access-entries/export", Handle).Requires(DossiersPermissions.Audit).AnswersFile("text/csv");

    /// <summary>Export who saw personal data</summary>
    /// <remarks>Gives all matching entries as CSV in UTF-8, newest first. Cells that a spreadsheet would take for a formula begin with an apostrophe.</remarks>
    private static async Task<IResult> Handle([AsParameters] AccessFilter filter, HttpContext http, ISender sender, CancellationToken ct)
    {
        var entries = await sender.Send(new ExportAccessEntries(filter), ct);
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        return TypedResults.Stream(body => Write(body, entries, ct), "text/csv; charset=utf-8", "access.csv");
    }

    private static async Task Write(Stream body, IAsyncEnumerable<AccessEntryView> entries, CancellationToken ct)
    {
        var options = new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true };
        await using var csv = CsvWriter.Create(body, options, leaveOpen: true);
        await csv.WriteRecordAsync(Head, ct);
        await foreach (var entry in entries.WithCancellation(ct))
        {
            var e = entry.Masked();
            await csv.WriteRecordAsync(
                [
                    e.Id.ToString(),
                    e.At.ToString("O", CultureInfo.InvariantCulture),
                    e.Subject,
                    e.ClientId,
                    e.Purpose,
                    e.DossierId.ToString(),
                    e.DossierCode,
                    e.ApplicantIdentityNumber,
                ],
                ct
            );
        }
    }
}
