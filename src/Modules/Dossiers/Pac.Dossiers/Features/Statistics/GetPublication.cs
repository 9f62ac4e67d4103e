using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record GetPublication(Guid Id) : IQuery<Versioned<PublicationView>>;

/// <summary>Figures as they were published (số liệu đã công bố).</summary>
/// <param name="Id">Identifier of the publication.</param>
/// <param name="Title">Title.</param>
/// <param name="FirstDay">First day of the period.</param>
/// <param name="LastDay">Last day of the period.</param>
/// <param name="GroupBy">By what they are grouped.</param>
/// <param name="Scope">Whose figures.</param>
/// <param name="PublishedAt">When they were published.</param>
/// <param name="PublishedBy">Subject who published.</param>
/// <param name="CutOff">Until when the records were read.</param>
/// <param name="ProofDossiers">Dossiers in the proof.</param>
/// <param name="ProofHash">Last hash of the proof as it was then.</param>
/// <param name="Figures">The figures.</param>
internal sealed record PublicationView(
    Guid Id,
    string Title,
    DateOnly FirstDay,
    DateOnly LastDay,
    string? GroupBy,
    string Scope,
    DateTimeOffset PublishedAt,
    string PublishedBy,
    DateTimeOffset CutOff,
    long ProofDossiers,
    string ProofHash,
    DossierStatistics Figures
);

internal sealed class GetPublicationHandler(DossiersDbContext db) : IRequestHandler<GetPublication, Versioned<PublicationView>>
{
    public async Task<Versioned<PublicationView>> Handle(GetPublication request, CancellationToken ct)
    {
        var id = new PublicationId(request.Id);
        var p =
            await db.Publications.AsNoTracking().Where(new PublishedFor(db.User.Scope.ToString())).FirstOrDefaultAsync(x => x.Id == id, ct)
            ?? throw new NotFoundException("publication");
        return new(
            new(
                p.Id.Value,
                p.Title,
                p.From,
                p.To,
                p.GroupBy,
                p.Scope,
                p.PublishedAt,
                p.PublishedBy,
                p.CutOff,
                p.ProofDossiers,
                p.ProofHash,
                FrozenFigures.Read(p.Figures)
            ),
            p.Version
        );
    }
}

internal sealed class GetPublicationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/publications/{id}", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Read published figures</summary>
    /// <remarks>Gives the figures as they were published, whatever has changed in the records since.</remarks>
    /// <param name="id">Identifier of the publication.</param>
    private static async Task<ItemAnswer<PublicationView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetPublication(id), ct));
}
