using System.Globalization;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

internal sealed record AppendToUpload(Guid Id, Guid UploadId, long Offset) : ICommand<long>
{
    /// <summary>The bytes as they arrive.</summary>
    [JsonIgnore]
    public Stream Bytes { get; init; } = Stream.Null;
}

internal sealed class AppendToUploadValidator : AbstractValidator<AppendToUpload>
{
    public AppendToUploadValidator() => RuleFor(c => c.Offset).GreaterThanOrEqualTo(0);
}

internal sealed class AppendToUploadHandler(IUploads uploads, DocumentIntake intake) : IRequestHandler<AppendToUpload, long>
{
    public async Task<long> Handle(AppendToUpload request, CancellationToken ct)
    {
        var upload = await uploads.Find(new(request.Id), new(request.UploadId), ct) ?? throw new NotFoundException("upload");
        upload.RequireAt(request.Offset);
        // Each piece is there for good once it is recorded, for this host and any other.
        return await intake.Receive(
            upload.Id,
            request.Offset,
            request.Bytes,
            (piece, _) => uploads.Save(upload.Id, piece, CancellationToken.None),
            ct
        );
    }
}

internal sealed class AppendToUploadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/dossiers/{id}/document-uploads/{uploadId}", Handle)
            .Requires(DossiersPermissions.ManageDocuments)
            .Accepts<Stream>("application/partial-upload", "application/offset+octet-stream");

    /// <summary>Send bytes of a document</summary>
    /// <remarks>Adds bytes at the offset at which the upload stands, as many as are left or fewer. What came before an interruption is kept: ask for the offset with HEAD and go on from there, through any host.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="uploadId">Identifier of the upload.</param>
    /// <param name="uploadOffset" example="0">Offset of the first byte sent; 409 when the upload stands at another one.</param>
    private static async Task<ItemAnswer<UploadView>> Handle(
        Guid id,
        Guid uploadId,
        [FromHeader(Name = "Upload-Offset")] long uploadOffset,
        HttpContext http,
        ISender sender,
        CancellationToken ct
    )
    {
        var upload = await sender.Send(new GetUpload(id, uploadId), ct);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Math.Max(0, upload.Item.Size - uploadOffset);
        await sender.Send(new AppendToUpload(id, uploadId, uploadOffset) { Bytes = http.Request.Body }, ct);
        upload = await sender.Send(new GetUpload(id, uploadId), ct);
        http.Response.Headers["Upload-Offset"] = upload.Item.Offset.ToString(CultureInfo.InvariantCulture);
        return new(upload);
    }
}
