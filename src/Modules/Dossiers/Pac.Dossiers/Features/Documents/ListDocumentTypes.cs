using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

internal sealed record ListDocumentTypes : IQuery<DocumentTypes>;

/// <summary>Which files are taken.</summary>
/// <param name="Items">The types.</param>
/// <param name="LargestDirect">Most bytes of an upload in one request.</param>
internal sealed record DocumentTypes(IReadOnlyList<DocumentTypeView> Items, long LargestDirect);

/// <summary>A type of file that is taken.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Extensions">Endings that a name may have.</param>
/// <param name="Largest">Most bytes.</param>
internal sealed record DocumentTypeView(string MediaType, IReadOnlyList<string> Extensions, long Largest);

internal sealed class ListDocumentTypesHandler(FileTypes types) : IRequestHandler<ListDocumentTypes, DocumentTypes>
{
    public Task<DocumentTypes> Handle(ListDocumentTypes request, CancellationToken ct) =>
        Task.FromResult(
            new DocumentTypes([.. types.All.Select(t => new DocumentTypeView(t.MediaType, t.Extensions, t.Largest))], types.LargestDirect)
        );
}

internal sealed class ListDocumentTypesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/document-types", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the types of documents</summary>
    /// <remarks>Gives the types of files that are taken, each with its limit of this installation.</remarks>
    private static async Task<ValueAnswer<DocumentTypes>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListDocumentTypes(), ct));
}
