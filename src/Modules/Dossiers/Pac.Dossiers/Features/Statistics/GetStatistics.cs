using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>Which figures are wanted.</summary>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="GroupBy">By what to group, separated by commas: <c>day</c>, <c>week</c> or <c>month</c>, <c>centre</c>, <c>agency</c>, <c>field</c>, <c>procedure</c>, <c>channel</c>.</param>
/// <param name="CentreCode">Only this centre.</param>
/// <param name="AgencyCode">Only this agency.</param>
/// <param name="FieldCode">Only procedures of this field.</param>
/// <param name="ProcedureCode">Only this procedure.</param>
/// <param name="Channel">Only this channel.</param>
/// <param name="Definition">By which definition on time is judged; by instant when left out.</param>
internal sealed record StatisticsFilter(
    [property: FromQuery(Name = "from")] DateOnly From,
    [property: FromQuery(Name = "to")] DateOnly To,
    [property: FromQuery(Name = "groupBy")] string? GroupBy = null,
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "fieldCode")] string? FieldCode = null,
    [property: FromQuery(Name = "procedureCode")] string? ProcedureCode = null,
    [property: FromQuery(Name = "channel")] Channel? Channel = null,
    [property: FromQuery(Name = "definition")] OnTimeRule? Definition = null
);

internal sealed record GetStatistics(StatisticsFilter Filter) : IQuery<DossierStatistics>;

internal sealed class GetStatisticsHandler(DossiersDbContext db, FigureReader figures) : IRequestHandler<GetStatistics, DossierStatistics>
{
    public Task<DossierStatistics> Handle(GetStatistics request, CancellationToken ct) => figures.Read(request.Filter, db.User.Scope, ct);
}

internal sealed class GetStatisticsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossier-statistics", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Read the figures of a period</summary>
    /// <remarks>Gives what was received, settled and returned, with the share on time. Received and carried over are as many as settled and open in every group. The definition says how on time is judged: by instant, by day, or as index 2.1 of Decision 766 judges everything that was open or settled in the period.</remarks>
    private static async Task<ValueAnswer<DossierStatistics>> Handle(
        [AsParameters] StatisticsFilter filter,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetStatistics(filter), ct));
}
