using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;

namespace Pac.Dossiers.Features.Documents;

/// <summary>A file on its way in.</summary>
/// <param name="Id">Identifier of the upload.</param>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="MediaType">The type that is declared.</param>
/// <param name="Size">Bytes of the whole file.</param>
/// <param name="Offset">Bytes that have come; the next one goes here. The header <c>Upload-Offset</c> says the same.</param>
/// <param name="Finding">Code of what was found wrong; left out unless it was refused.</param>
/// <param name="DocumentId">The document it became; left out until then.</param>
/// <param name="ExpiresAt">When it is given up unless more comes; left out once it has ended.</param>
internal sealed record UploadView(
    Guid Id,
    Guid DossierId,
    UploadState State,
    string FileName,
    string MediaType,
    long Size,
    long Offset,
    string? Finding,
    Guid? DocumentId,
    DateTimeOffset? ExpiresAt
)
{
    public static Versioned<UploadView> Of(Upload u, FileRetention retention) =>
        new(
            new(
                u.Id.Value,
                u.DossierId.Value,
                u.State,
                u.FileName,
                u.MediaType,
                u.Size,
                u.Received,
                u.Finding,
                u.FileId?.Value,
                u.State == UploadState.Open ? u.TouchedAt + retention.Uploads : null
            ),
            u.Version
        );
}
