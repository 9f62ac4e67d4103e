using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

internal sealed record GetDocument(Guid Id, Guid DocumentId) : IQuery<Versioned<FileView>>;

internal sealed class GetDocumentHandler(DossiersDbContext db) : IRequestHandler<GetDocument, Versioned<FileView>>
{
    public async Task<Versioned<FileView>> Handle(GetDocument request, CancellationToken ct)
    {
        var file = await db
            .VisibleFiles.AsNoTracking()
            .Where(new FileOfDossier(new(request.Id), new(request.DocumentId)))
            .FirstOrDefaultAsync(ct);
        return file is null
            ? throw new NotFoundException("document")
            : new(FileView.Of(file, db.User.May(DossiersPermissions.ReadPersonal)), file.Version);
    }
}

internal sealed class GetDocumentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/documents/{documentId}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read what is known of a document</summary>
    /// <remarks>Gives the facts of one file of a dossier, without what it holds.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="documentId">Identifier of the document.</param>
    private static async Task<ItemAnswer<FileView>> Handle(Guid id, Guid documentId, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetDocument(id, documentId), ct));
}
