using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ReadPublicationProof(Guid Id) : IQuery<PublicationProof>;

/// <summary>What the download of a proof needs to know.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="File">Where it lies.</param>
internal sealed record PublicationProof(string Name, ProofFile File);

internal sealed class ReadPublicationProofHandler(DossiersDbContext db) : IRequestHandler<ReadPublicationProof, PublicationProof>
{
    public async Task<PublicationProof> Handle(ReadPublicationProof request, CancellationToken ct)
    {
        var id = new PublicationId(request.Id);
        var p =
            await db
                .Publications.AsNoTracking()
                .Where(new PublishedFor(db.User.Scope.ToString()))
                .Where(x => x.Id == id)
                .Select(x => new
                {
                    x.From,
                    x.To,
                    x.ProofFile,
                })
                .FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException("publication");
        var name = string.Create(CultureInfo.InvariantCulture, $"proof-{p.From:yyyyMMdd}-{p.To:yyyyMMdd}.ndjson.gz");
        return new(name, p.ProofFile ?? throw new BusinessRuleException(FigureErrors.ProofNotKept));
    }
}

internal sealed class ReadPublicationProofEndpoint : IEndpoint
{
    private const string MediaType = "application/gzip";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/publications/{id}/proof", Handle)
            .Requires(DossiersPermissions.Statistics)
            .Produces<byte[]>(StatusCodes.Status200OK, MediaType);

    /// <summary>Download the proof of published figures</summary>
    /// <remarks>Gives the proof as it was when the figures were published, whatever has changed in the records since: compressed with gzip, whole or the bytes that Range asks for; the entity tag is the SHA-256 of the file. Its last line repeats the hash that the publication names, and the program in <c>samples/proof</c> checks it and counts the published figures again.</remarks>
    /// <param name="id">Identifier of the publication.</param>
    private static async Task<IResult> Handle(Guid id, ISender sender, IFileStore store, CancellationToken ct)
    {
        var (name, file) = await sender.Send(new ReadPublicationProof(id), ct);
        var pieces = PieceWriter.Pieces(file.Size, file.PieceSize, n => FileKeys.Piece(new PublicationId(id), file.Run, n));
        return new StreamAnswer(new PiecedStream(store, pieces, file.Size), MediaType, name, file.Sha256);
    }
}
