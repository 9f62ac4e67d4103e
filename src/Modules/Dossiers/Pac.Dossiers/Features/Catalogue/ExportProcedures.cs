using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ExportProcedures(string? Code, string? FieldCode) : IQuery<IAsyncEnumerable<CatalogueDocument>>;

internal sealed class ExportProceduresHandler(DossiersDbContext db) : IRequestHandler<ExportProcedures, IAsyncEnumerable<CatalogueDocument>>
{
    public Task<IAsyncEnumerable<CatalogueDocument>> Handle(ExportProcedures request, CancellationToken ct) =>
        Task.FromResult(Documents(request, ct));

    private async IAsyncEnumerable<CatalogueDocument> Documents(ExportProcedures request, [EnumeratorCancellation] CancellationToken ct)
    {
        var rows = db.Procedures.AsNoTracking();
        if (request.Code is { } code)
            rows = rows.Where(p => p.Code == code);
        if (request.FieldCode is { } field)
            rows = rows.Where(p => p.FieldCode == field);
        await foreach (var procedure in rows.OrderBy(p => p.Code).AsAsyncEnumerable().WithCancellation(ct))
            yield return CatalogueDocument.Of(procedure);
    }
}

internal sealed class ExportProceduresEndpoint : IEndpoint
{
    private const string NdJson = "application/x-ndjson";
    private const string Json = "application/json";
    private const string Csv = "text/csv";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedures/export", Handle).AllowsAnonymous().AnswersFile(NdJson).AnswersFile(Json).AnswersFile(Csv);

    /// <summary>Export the catalogue</summary>
    /// <remarks>Streams the procedures with all their published versions, by code: one JSON document per line, all in one JSON array, or CSV in UTF-8 with one line per version. What is exported can be imported again.</remarks>
    /// <param name="format">The form wanted: <c>ndjson</c> (default), <c>json</c> or <c>csv</c>.</param>
    /// <param name="code">Only this procedure.</param>
    /// <param name="fieldCode">Only procedures of this field.</param>
    private static async Task<IResult> Handle(
        string? format,
        string? code,
        string? fieldCode,
        HttpContext http,
        ISender sender,
        CancellationToken ct
    )
    {
        if (format is not (null or "ndjson" or "json" or "csv"))
            throw InvalidRequestException.Query(
                "format",
                "unknown-format",
                "Chỉ có ndjson, json hoặc csv.",
                "The formats are ndjson, json and csv."
            );
        var documents = await sender.Send(new ExportProcedures(code, fieldCode), ct);
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        return format switch
        {
            "csv" => TypedResults.Stream(body => WriteCsv(body, documents, ct), Csv + "; charset=utf-8", "procedures.csv"),
            "json" => TypedResults.Stream(
                body => JsonSerializer.SerializeAsync(body, documents, CatalogueJson.Options, ct),
                Json,
                "procedures.json"
            ),
            _ => TypedResults.Stream(body => WriteLines(body, documents, ct), NdJson, "procedures.ndjson"),
        };
    }

    private static async Task WriteLines(Stream body, IAsyncEnumerable<CatalogueDocument> documents, CancellationToken ct)
    {
        await foreach (var document in documents.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(body, document, CatalogueJson.Options, ct);
            await body.WriteAsync("\n"u8.ToArray(), ct);
        }
    }

    private static async Task WriteCsv(Stream body, IAsyncEnumerable<CatalogueDocument> documents, CancellationToken ct)
    {
        // The mark of UTF-8 in front, for the spreadsheet that guesses otherwise.
        var options = new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true };
        await using var csv = CsvWriter.Create(body, options, leaveOpen: true);
        await csv.WriteRecordAsync([.. CatalogueCsv.Columns], ct);
        await foreach (var document in documents.WithCancellation(ct))
        foreach (var row in CatalogueCsv.Write(document))
            await csv.WriteRecordAsync(row, ct);
    }
}
