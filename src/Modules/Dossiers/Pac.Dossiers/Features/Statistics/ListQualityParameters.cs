using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ListQualityParameters : IQuery<QualityParameterList>;

/// <summary>What the indices are worth.</summary>
/// <param name="Items">By index and first day in force.</param>
internal sealed record QualityParameterList(IReadOnlyList<QualityParameterLine> Items);

internal sealed class ListQualityParametersHandler(DossiersDbContext db) : IRequestHandler<ListQualityParameters, QualityParameterList>
{
    public async Task<QualityParameterList> Handle(ListQualityParameters request, CancellationToken ct) =>
        new(
            await db
                .QualityParameters.OrderBy(p => p.Index)
                .ThenBy(p => p.EffectiveFrom)
                .Select(p => new QualityParameterLine(p.Index, p.EffectiveFrom, p.Maximum, p.Target, p.Source, p.ToBeConfirmed))
                .ToListAsync(ct)
        );
}

internal sealed class ListQualityParametersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/quality-index/parameters", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>List what the indices are worth</summary>
    /// <remarks>Gives the most points and the targets of the indices of Decision 766 with the days from which they are in force.</remarks>
    private static async Task<ValueAnswer<QualityParameterList>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListQualityParameters(), ct));
}
