using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Imports;

/// <summary>An upload of dossiers from another system.</summary>
/// <param name="Source">The system the rows come from.</param>
/// <param name="Format">The form of the rows.</param>
/// <param name="Length">Bytes in all, when the caller said so.</param>
/// <param name="Beginning">Hash of the first bytes: with the length it tells one file from another before its rows are read.</param>
internal sealed record StartImport(string Source, ImportFormat Format, long? Length, string Beginning) : ICommand<JobView>
{
    /// <summary>The rows as they arrive; not part of what makes two requests the same.</summary>
    [JsonIgnore]
    public Stream Content { get; init; } = Stream.Null;
}

internal sealed class StartImportValidator : AbstractValidator<StartImport>
{
    public StartImportValidator() => RuleFor(c => c.Source).NotEmpty().MaximumLength(40).MatchesWhole("^[a-z0-9-]+$");
}

internal sealed class StartImportHandler(DossiersDbContext db, ImportStore store, TimeProvider clock)
    : IRequestHandler<StartImport, JobView>
{
    public async Task<JobView> Handle(StartImport request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var (rows, key) = await store.Stage(id, request.Format, request.Content, ct);
        var parameters = JsonSerializer.Serialize(new ImportParameters(request.Source, key), JsonSerializerOptions.Web);
        var job = Job.Queue(id, ImportStore.JobKind, parameters, rows, db.User.Caller.Subject, db.User.Scope.ToString(), now);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

internal sealed class StartImportEndpoint : IEndpoint
{
    private const long LargestUpload = 2L * 1024 * 1024 * 1024;
    private const int Beginning = 64 * 1024;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossier-imports", Handle).Requires(DossiersPermissions.Import).Accepts<Stream>("text/csv", "application/x-ndjson");

    /// <summary>Import dossiers</summary>
    /// <remarks>Takes dossiers of another system as CSV with a header line or as one JSON object per line, in UTF-8, at most 2 GiB, and works on them in a job. A row whose source id is known already is left as it is, so an upload may be repeated. Rows that cannot be taken are listed with their reason.</remarks>
    /// <param name="source">Name of the system the rows come from: lower-case letters, digits and hyphens.</param>
    private static async Task<AcceptedAnswer> Handle(string source, HttpContext http, ISender sender, CancellationToken ct)
    {
        var format = http.Request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant() switch
        {
            "text/csv" => ImportFormat.Csv,
            "application/x-ndjson" => ImportFormat.NdJson,
            _ => throw new BadHttpRequestException("import", StatusCodes.Status415UnsupportedMediaType),
        };
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestUpload;
        var beginning = await HashBeginning(http.Request.BodyReader, ct);
        var command = new StartImport(source, format, http.Request.ContentLength, beginning) { Content = http.Request.Body };
        return new(await sender.Send(command, ct));
    }

    // Looks without taking: the rows are read from the first byte on afterwards.
    private static async Task<string> HashBeginning(PipeReader body, CancellationToken ct)
    {
        var read = await body.ReadAtLeastAsync(Beginning, ct);
        var hash = SHA256.HashData(read.Buffer.Slice(0, Math.Min(Beginning, read.Buffer.Length)).ToArray());
        body.AdvanceTo(read.Buffer.Start);
        return Convert.ToHexString(hash);
    }
}
