using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

/// <summary>What a download needs to know.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="MediaType">Its type.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256.</param>
internal sealed record DocumentFile(string Name, string MediaType, long Size, string Sha256);

// Reading is an act of its own: it leaves an entry in the access log (Law 91/2025/QH15).
internal sealed record ReadDocument(Guid Id, Guid DocumentId) : ICommand<DocumentFile>;

internal sealed class ReadDocumentHandler(IRepository<DossierFile> files, IAccessLog access) : IRequestHandler<ReadDocument, DocumentFile>
{
    public async Task<DocumentFile> Handle(ReadDocument request, CancellationToken ct)
    {
        var file = await files.Get(new FileOfDossier(new(request.Id), new(request.DocumentId)), ct);
        access.Record(file.DossierId, $"file:{file.Id.Value:N}");
        await files.Save(ct);
        return new(file.Name, file.MediaType, file.Size, file.Sha256);
    }
}

internal sealed class ReadDocumentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/documents/{documentId}/content", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pdf", [.. FileTypes.Known.Select(t => t.MediaType).Skip(1)]);

    /// <summary>Download a document</summary>
    /// <remarks>Gives the file as it was taken in, whole or the bytes that Range asks for; the entity tag is its SHA-256. Every download is written to the access log.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="documentId">Identifier of the document.</param>
    private static async Task<IResult> Handle(Guid id, Guid documentId, ISender sender, IStoredContent contents, CancellationToken ct)
    {
        var file = await sender.Send(new ReadDocument(id, documentId), ct);
        return new StreamAnswer(contents.Open(file.Sha256, file.Size), file.MediaType, file.Name, file.Sha256);
    }
}
