using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

/// <summary>What a file is to the dossier.</summary>
/// <param name="Kind">What it is: a scan, an electronic document or a result.</param>
/// <param name="Component">Code of the component within the procedure; left out for a result.</param>
/// <param name="Pages">How many pages it has, 1 to 10,000; needed for a scan.</param>
/// <param name="SharedStore">The shared store it was taken from.</param>
/// <param name="SharedReference">Its reference in the shared store.</param>
/// <param name="ReplacedResultNumber">Number of an earlier result that stands in for the component.</param>
internal sealed record AttachedFacts(
    [FromQuery(Name = "kind")] FileKind Kind,
    [FromQuery(Name = "component")] string? Component = null,
    [FromQuery(Name = "pages")] int? Pages = null,
    [FromQuery(Name = "sharedStore")] string? SharedStore = null,
    [FromQuery(Name = "sharedReference")] string? SharedReference = null,
    [FromQuery(Name = "replacedResultNumber")] string? ReplacedResultNumber = null
);

/// <summary>A file that has come in one request.</summary>
/// <param name="Id">The dossier.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="MediaType">Its declared type.</param>
/// <param name="Facts">What it is to the dossier.</param>
/// <param name="Stated">SHA-256 as the caller stated it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256, by which a repeated request is known.</param>
internal sealed record AttachDocument(Guid Id, string FileName, string MediaType, FileFacts Facts, string? Stated, long Size, string Sha256)
    : ICommand<IntakeOutcome>
{
    /// <summary>Where its bytes lie; not part of what makes two requests the same.</summary>
    [JsonIgnore]
    public IReadOnlyList<UploadPiece> Pieces { get; init; } = [];
}

internal sealed class AttachDocumentValidator : AbstractValidator<AttachDocument>
{
    public AttachDocumentValidator()
    {
        RuleFor(c => c.Facts.ComponentCode).MaximumLength(40).OverridePropertyName("component");
        RuleFor(c => c.Facts.Pages).InclusiveBetween(1, 10_000).OverridePropertyName("pages");
        RuleFor(c => c.Facts.SharedStore).MaximumLength(100).OverridePropertyName("sharedStore");
        RuleFor(c => c.Facts.SharedReference).MaximumLength(100).OverridePropertyName("sharedReference");
        RuleFor(c => c.Facts.ReplacedResultNumber).MaximumLength(60).OverridePropertyName("replacedResultNumber");
    }
}

internal sealed class AttachDocumentHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    IFileStore store,
    DocumentIntake intake,
    FileTypes types
) : IRequestHandler<AttachDocument, IntakeOutcome>
{
    public async Task<IntakeOutcome> Handle(AttachDocument request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        await intake.Check(dossier, request.Facts, ct);
        var type = types.Declared(request.MediaType);
        if (request.Size > type.Largest)
            throw new BusinessRuleException(FileErrors.TooLarge.With(type.Largest));
        var name = type.NameFor(request.FileName);
        await using var file = new PiecedStream(store, request.Pieces, request.Size);
        var (finding, found) = await intake.Look(dossier.Id, type, file, request.Stated, ct);
        DossierFile? document = null;
        if (found is not null)
            files.Add(document = await intake.Take(dossier, name, type, request.Facts, found, file, ct));
        await files.Save(ct);
        return new(document is null ? null : intake.View(document), finding?.Code);
    }
}

internal sealed class AttachDocumentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/documents", Handle)
            .Requires(DossiersPermissions.ManageDocuments)
            .Accepts<Stream>("application/pdf", [.. FileTypes.Known.Select(t => t.MediaType).Skip(1)]);

    /// <summary>Attach a small document</summary>
    /// <remarks>Takes a file of at most 16 MiB in one request; larger ones, and those over a line that breaks, are uploaded in pieces. It becomes a document once its type by what it holds, its size and a virus scan allow it; what is refused leaves nothing behind.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="contentDisposition" example="attachment; filename*=UTF-8''to-khai.pdf">Name of the file (RFC 6266), in a header because it may name a person.</param>
    /// <param name="reprDigest">SHA-256 of the file (RFC 9530), compared with what comes.</param>
    private static async Task<CreatedAnswer<FileView>> Handle(
        Guid id,
        [AsParameters] AttachedFacts attached,
        [FromHeader(Name = "Content-Disposition")] string contentDisposition,
        [FromHeader(Name = "Repr-Digest")] string? reprDigest,
        HttpContext http,
        ISender sender,
        DocumentIntake intake,
        FileTypes types,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var facts = new FileFacts(
            attached.Kind,
            attached.Component,
            attached.Pages,
            attached.SharedStore,
            attached.SharedReference,
            attached.ReplacedResultNumber,
            null
        );
        var (name, stated) = (NameIn(contentDisposition), DigestIn(reprDigest));
        var type = await sender.Send(
            new CanAttach(id, name, http.Request.GetTypedHeaders().ContentType?.MediaType.Value ?? "", http.Request.ContentLength, facts),
            ct
        );
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Math.Min(types.LargestDirect, type.Largest);
        var upload = new UploadId(Guid.CreateVersion7(clock.GetUtcNow()));
        List<UploadPiece> pieces = [];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var size = await intake.Receive(upload, 0, http.Request.Body, Keep, ct);
            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            var command = new AttachDocument(id, name, type.MediaType, facts, stated, size, sha256) { Pieces = pieces };
            return (await sender.Send(command, ct)).Answer();
        }
        finally
        {
            await intake.Discard(upload);
        }

        Task<bool> Keep(UploadPiece piece, ReadOnlyMemory<byte> bytes)
        {
            hash.AppendData(bytes.Span);
            pieces.Add(piece);
            return Task.FromResult(true);
        }
    }

    private static string NameIn(string header)
    {
        var name = Microsoft.Net.Http.Headers.ContentDispositionHeaderValue.TryParse(header, out var parsed)
            ? (parsed.FileNameStar.HasValue ? parsed.FileNameStar : parsed.FileName).Value?.Trim('"')
            : null;
        return name is { Length: > 0 and <= FileTypes.LongestName }
            ? name
            : throw new InvalidRequestException([
                new(
                    "/header/Content-Disposition",
                    "invalid",
                    "Content-Disposition phải nêu tên tệp (filename hoặc filename*).",
                    "Content-Disposition names the file (filename or filename*)."
                ),
            ]);
    }

    private static string? DigestIn(string? header)
    {
        if (header is null)
            return null;
        const string start = "sha-256=:";
        var (buffer, at) = (new byte[SHA256.HashSizeInBytes], header.IndexOf(start, StringComparison.Ordinal));
        var end = at < 0 ? -1 : header.IndexOf(':', at + start.Length);
        return
            end > 0
            && Convert.TryFromBase64Chars(header.AsSpan(at + start.Length, end - at - start.Length), buffer, out var length)
            && length == buffer.Length
            ? Convert.ToHexStringLower(buffer)
            : throw new InvalidRequestException([
                new("/header/Repr-Digest", "invalid", "Repr-Digest phải là sha-256=:…:.", "Repr-Digest is sha-256=:…:."),
            ]);
    }
}
