using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>What the download of an export needs to know.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Format">Its form.</param>
/// <param name="File">Where it lies.</param>
internal sealed record ExportDownload(string Name, TableFormat Format, ExportFile File);

// Fetching is an act of its own: it leaves an entry in the audit trail (Law 91/2025/QH15).
internal sealed record ReadDossierExport(Guid Id) : ICommand<ExportDownload>;

internal sealed class ReadDossierExportHandler(IRepository<DossierExport> exports, IAccessLog access, TimeProvider clock)
    : IRequestHandler<ReadDossierExport, ExportDownload>
{
    public async Task<ExportDownload> Handle(ReadDossierExport request, CancellationToken ct)
    {
        var export = await exports.Get(new ExportWithId(new(request.Id)), ct);
        var file = export.Fetch(clock.GetUtcNow());
        access.RecordExport(export.Id, "dossier-export-file");
        await exports.Save(ct);
        var asked = export.RequestedAt.ToLocal().ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture);
        return new($"ho-so-{asked}.{TableWriter.Extension(export.Format)}", export.Format, file);
    }
}

internal sealed class ReadDossierExportEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-exports/{id}/file", Handle)
            .Requires(DossiersPermissions.Export)
            .Produces<byte[]>(StatusCodes.Status200OK, TableWriter.Csv, TableWriter.Xlsx);

    /// <summary>Download an export</summary>
    /// <remarks>Gives the file of an export of the caller, whole or the bytes that Range asks for; the entity tag is its SHA-256. Every download is written to the audit trail. Cells that a spreadsheet would take for a formula begin with an apostrophe.</remarks>
    /// <param name="id">Identifier of the export.</param>
    private static async Task<IResult> Handle(Guid id, ISender sender, IFileStore store, CancellationToken ct)
    {
        var (name, format, file) = await sender.Send(new ReadDossierExport(id), ct);
        var pieces = PieceWriter.Pieces(file.Size, file.PieceSize, n => FileKeys.Piece(new DossierExportId(id), file.Run, n));
        return new StreamAnswer(new PiecedStream(store, pieces, file.Size), TableWriter.MediaType(format), name, file.Sha256);
    }
}
