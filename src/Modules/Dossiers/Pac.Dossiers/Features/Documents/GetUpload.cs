using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

internal sealed record GetUpload(Guid Id, Guid UploadId) : IQuery<Versioned<UploadView>>;

internal sealed class GetUploadHandler(DossiersDbContext db, FileRetention retention) : IRequestHandler<GetUpload, Versioned<UploadView>>
{
    public async Task<Versioned<UploadView>> Handle(GetUpload request, CancellationToken ct)
    {
        var (dossier, id) = (new DossierId(request.Id), new UploadId(request.UploadId));
        var upload = await db
            .Uploads.AsNoTracking()
            .FirstOrDefaultAsync(u => u.Id == id && u.DossierId == dossier && db.Visible.Any(d => d.Id == dossier), ct);
        return UploadView.Of(upload ?? throw new NotFoundException("upload"), retention);
    }
}

internal sealed class GetUploadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/document-uploads/{uploadId}", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Read how far an upload has come</summary>
    /// <remarks>Gives the upload; the headers Upload-Offset and Upload-Length come with HEAD as well.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="uploadId">Identifier of the upload.</param>
    private static async Task<ItemAnswer<UploadView>> Handle(Guid id, Guid uploadId, HttpContext http, ISender sender, CancellationToken ct)
    {
        var upload = await sender.Send(new GetUpload(id, uploadId), ct);
        http.Response.Headers["Upload-Offset"] = upload.Item.Offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Upload-Length"] = upload.Item.Size.ToString(CultureInfo.InvariantCulture);
        return new(upload);
    }
}
