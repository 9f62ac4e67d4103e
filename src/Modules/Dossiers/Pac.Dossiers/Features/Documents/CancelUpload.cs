using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

internal sealed record CancelUpload(Guid Id, Guid UploadId, uint Seen) : ICommand<Unit>;

internal sealed class CancelUploadHandler(IUploads uploads, TimeProvider clock) : IRequestHandler<CancelUpload, Unit>
{
    public async Task<Unit> Handle(CancelUpload request, CancellationToken ct)
    {
        var upload = await uploads.Find(new(request.Id), new(request.UploadId), ct) ?? throw new NotFoundException("upload");
        if (upload.Version != request.Seen)
            throw new StaleVersionException();
        upload.Cancel(clock.GetUtcNow());
        await uploads.Save(ct);
        return Unit.Value;
    }
}

internal sealed class CancelUploadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/dossiers/{id}/document-uploads/{uploadId}", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Give up the upload of a document</summary>
    /// <remarks>Ends an upload that is not complete and removes what has come of it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="uploadId">Identifier of the upload.</param>
    private static async Task<EmptyAnswer> Handle(
        Guid id,
        Guid uploadId,
        IfMatch ifMatch,
        ISender sender,
        DocumentIntake intake,
        CancellationToken ct
    )
    {
        await sender.Send(new CancelUpload(id, uploadId, ifMatch.Version), ct);
        await intake.Discard(new(uploadId));
        return new();
    }
}
