using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.CounterAnswers;

/// <summary>By what answers of counters are grouped.</summary>
internal enum CounterAnswerGrouping
{
    /// <summary>By centre.</summary>
    Centre,

    /// <summary>By agency.</summary>
    Agency,

    /// <summary>By field.</summary>
    Field,

    /// <summary>By procedure.</summary>
    Procedure,
}

internal sealed record CountCounterAnswers(DateOnly From, DateOnly To, CounterAnswerGrouping By) : IQuery<CounterAnswerFigures>;

/// <summary>What was brought to counters and not received.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Incomplete">How often papers were missing (form 02).</param>
/// <param name="Refused">How often it was refused at intake (form 03).</param>
/// <param name="RejectedOnline">How many online submissions were not accepted in the same time; they have dossiers and are counted with them.</param>
/// <param name="Groups">The groups, in the order of their keys.</param>
internal sealed record CounterAnswerFigures(
    DateOnly From,
    DateOnly To,
    long Incomplete,
    long Refused,
    long RejectedOnline,
    IReadOnlyList<CounterAnswerFigure> Groups
);

/// <summary>What a group answered.</summary>
/// <param name="Key" example="H15.09">Key of the group.</param>
/// <param name="Incomplete">How often papers were missing.</param>
/// <param name="Refused">How often it was refused.</param>
internal sealed record CounterAnswerFigure(string Key, long Incomplete, long Refused);

internal sealed class CountCounterAnswersHandler(DossiersDbContext db) : IRequestHandler<CountCounterAnswers, CounterAnswerFigures>
{
    private const int FirstYear = 2000;
    private const int LastYear = 2999;

    public async Task<CounterAnswerFigures> Handle(CountCounterAnswers request, CancellationToken ct)
    {
        if (request.To < request.From || request.From.Year < FirstYear || request.To.Year > LastYear)
            throw InvalidRequestException.Query(
                "to",
                "invalid",
                "Khoảng thời gian không kết thúc trước khi bắt đầu, và nằm trong các năm 2000 đến 2999.",
                "A period does not end before it begins, and lies in the years 2000 to 2999."
            );
        var (begin, end) = (request.From.StartInstant().ToUniversalTime(), request.To.AddDays(1).StartInstant().ToUniversalTime());
        var rows = db.VisibleCounterAnswers.Where(a => a.AnsweredAt >= begin && a.AnsweredAt < end);
        var keyed = request.By switch
        {
            CounterAnswerGrouping.Centre => rows.Select(a => new { Key = a.CentreCode, a.Kind }),
            CounterAnswerGrouping.Agency => rows.Select(a => new { Key = a.AgencyCode, a.Kind }),
            CounterAnswerGrouping.Field => rows.Select(a => new { Key = a.FieldCode, a.Kind }),
            _ => rows.Select(a => new { Key = a.ProcedureCode, a.Kind }),
        };
        var groups = (
            await keyed
                .GroupBy(a => a.Key)
                .Select(g => new CounterAnswerFigure(
                    g.Key,
                    g.LongCount(a => a.Kind == CounterAnswerKind.Incomplete),
                    g.LongCount(a => a.Kind == CounterAnswerKind.Refusal)
                ))
                .ToListAsync(ct)
        ).OrderBy(g => g.Key, StringComparer.Ordinal);
        var online = await db.RejectedAtIntake(byAgency: true, begin, end, ct);
        return new(request.From, request.To, groups.Sum(g => g.Incomplete), groups.Sum(g => g.Refused), online.Values.Sum(), [.. groups]);
    }
}

internal sealed class CountCounterAnswersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/counter-answers", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Count what was refused at intake</summary>
    /// <remarks>Counts what people brought to counters and was not received: how often papers were missing and how often it was refused, beside the online submissions that were not accepted.</remarks>
    /// <param name="from" example="2026-11-01">First day of the period.</param>
    /// <param name="to" example="2026-11-30">Last day of the period.</param>
    /// <param name="groupBy">By what to group; by centre when left out.</param>
    private static async Task<ValueAnswer<CounterAnswerFigures>> Handle(
        DateOnly from,
        DateOnly to,
        CounterAnswerGrouping? groupBy,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CountCounterAnswers(from, to, groupBy ?? CounterAnswerGrouping.Centre), ct));
}
