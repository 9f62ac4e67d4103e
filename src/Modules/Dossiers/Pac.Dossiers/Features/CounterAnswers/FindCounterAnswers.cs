using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.CounterAnswers;

/// <summary>Which answers are wanted; every filter that is given must hold.</summary>
/// <param name="CentreCode">The centre.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="Kind">Whether papers were missing, or it was refused.</param>
internal sealed record CounterAnswerFilter(
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "procedureCode")] string? ProcedureCode = null,
    [property: FromQuery(Name = "kind")] CounterAnswerKind? Kind = null
);

internal sealed record FindCounterAnswers(CounterAnswerFilter Filter, PageRequest Page) : IQuery<Page<CounterAnswerView>>;

internal sealed class FindCounterAnswersHandler(DossiersDbContext db) : IRequestHandler<FindCounterAnswers, Page<CounterAnswerView>>
{
    public async Task<Page<CounterAnswerView>> Handle(FindCounterAnswers request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = Matching(request.Filter);
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadId(request.Page.Cursor) is { } id)
        {
            var before = new CounterAnswerId(id);
            rows = rows.Where(a => a.Id < before);
        }
        var found = await rows.OrderByDescending(a => a.Id).Take(size + 1).ToListAsync(ct);
        return Page<CounterAnswerView>.Of([.. found.Select(CounterAnswerView.Of)], size, a => [a.Id], total);
    }

    private IQueryable<CounterAnswer> Matching(CounterAnswerFilter filter)
    {
        var rows = db.VisibleCounterAnswers.AsNoTracking();
        if (filter.CentreCode is { } centre)
            rows = rows.Where(a => a.CentreCode == centre);
        if (filter.ProcedureCode is { } procedure)
            rows = rows.Where(a => a.ProcedureCode == procedure);
        return filter.Kind is { } kind ? rows.Where(a => a.Kind == kind) : rows;
    }
}

internal sealed class FindCounterAnswersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/counter-answers", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Find answers of counters</summary>
    /// <remarks>Gives what counters answered when they received nothing, of the centre or agency of the caller, newest first.</remarks>
    private static async Task<PageAnswer<CounterAnswerView>> Handle(
        [AsParameters] CounterAnswerFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindCounterAnswers(filter, page), ct));
}
