using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record GetQualityIndex(DateOnly From, DateOnly To) : IQuery<QualityIndexReport>;

/// <summary>The index of service quality (Bộ chỉ số phục vụ người dân, doanh nghiệp; Decision 766/QD-TTg), as far as the facts are here.</summary>
/// <param name="Definition">How its figures are defined.</param>
/// <param name="Points">Points of the indices that have both facts and a maximum; no total out of 100.</param>
/// <param name="Scored">Indices that have points.</param>
/// <param name="NotAvailable">Indices whose facts are not in this system.</param>
/// <param name="Indices">The single indices.</param>
/// <param name="MeanTimes">Index 2.2: how long each procedure took, of what was received in the period and has its result.</param>
internal sealed record QualityIndexReport(
    FigureDefinition Definition,
    string Points,
    int Scored,
    int NotAvailable,
    IReadOnlyList<QualityIndexLine> Indices,
    IReadOnlyList<MeanTime> MeanTimes
);

/// <summary>The mean time of a procedure, without the waits for the person.</summary>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="Dossiers">Of how many.</param>
/// <param name="MeanHours">Hours by the clock on the wall, two decimals rounded half up.</param>
internal sealed record MeanTime(string ProcedureCode, long Dossiers, string MeanHours)
{
    public static MeanTime Of(TimeTaken t) =>
        new(
            t.ProcedureCode,
            t.Dossiers,
            decimal.Round(t.Together.Ticks / ((decimal)TimeSpan.TicksPerHour * t.Dossiers), 2, MidpointRounding.AwayFromZero)
                .ToString("0.00", CultureInfo.InvariantCulture)
        );
}

/// <summary>A single index.</summary>
/// <param name="Index">Its number in the decision.</param>
/// <param name="Group">Its group: <c>publicity</c>, <c>progress</c>, <c>online</c>, <c>payment</c>, <c>digitisation</c>, <c>satisfaction</c>.</param>
/// <param name="Vietnamese">Its name in Vietnamese.</param>
/// <param name="English">Its name in English.</param>
/// <param name="Available">Whether the facts are in this system; without them there is no figure, and no nought either.</param>
/// <param name="Share">The share with what it was computed from.</param>
/// <param name="Target">Share in per cent from which all points are given; all of 100 when left out.</param>
/// <param name="Maximum">Most points; left out when not known or not scored.</param>
/// <param name="Points">Points with two decimals, rounded half up; left out without facts or maximum.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm maximum and target.</param>
/// <param name="Missing">Which facts are missing.</param>
internal sealed record QualityIndexLine(
    string Index,
    string Group,
    string Vietnamese,
    string English,
    bool Available,
    Rate? Share,
    decimal? Target,
    decimal? Maximum,
    string? Points,
    bool ToBeConfirmed,
    string? Missing
);

internal sealed class GetQualityIndexHandler(
    DossiersDbContext db,
    FigureReader figures,
    IEnumerable<IQualityIndexSource> sources,
    TimeProvider clock
) : IRequestHandler<GetQualityIndex, QualityIndexReport>
{
    private static readonly Dictionary<string, string> Missing = new()
    {
        ["1.1"] = "versions decided in the period, with the day of their decision",
        ["1.2"] = "versions decided in the period, with the day on which they were made public",
        ["1.3"] = "procedures in force on the last day",
        ["1.4"] = "dossiers that the national portal has taken",
        ["2.2"] = "dossiers received in the period that have their result",
        ["3.3"] = "dossiers that the national portal has taken: the share online is multiplied with the rate of synchronisation",
        ["3.5"] = "payment services of the portal",
        ["3.6"] = "dossiers received in the period that have something to pay",
        ["4.1"] = "files of results of procedures that have to give one",
        ["4.2"] = "files of components and results",
        ["4.3"] = "marks of use again",
        ["4.4"] = "marks of the national store",
        ["4.5"] = "marks of the population database",
        ["5.1"] = "watched by kind, not scored",
    };

    public async Task<QualityIndexReport> Handle(GetQualityIndex request, CancellationToken ct)
    {
        var read = await figures.Read(new(request.From, request.To, "procedure,channel", Definition: OnTimeRule.By766), db.User.Scope, ct);
        var parameters = await db.QualityParametersOn(request.To, ct);
        var procedures = (await db.Procedures.AsNoTracking().ToListAsync(ct))
            .Select(p => (p.Code, Level: p.InForceOn(request.To)?.Content.OnlineLevel))
            .Where(p => p.Level is not null)
            .ToList();
        var online = procedures.Where(p => p.Level != OnlineLevel.CounterOnly).Select(p => p.Code).ToHashSet();
        var used = read
            .Groups.Where(g => g is { Received: > 0 } && g.Key["channel"] == "online" && online.Contains(g.Key["procedure"]))
            .Select(g => g.Key["procedure"])
            .Distinct()
            .Count();
        var known = new Dictionary<string, Rate>
        {
            ["2.1"] = read.Totals.OnTimeRate,
            ["3.1"] = Rate.Of(online.Count, procedures.Count),
            ["3.2"] = Rate.Of(used, online.Count),
        };
        foreach (var source in sources)
        foreach (var (index, share) in await source.Shares(request.From, request.To, ct))
            known[index] = Rate.Of(share.Numerator, share.Denominator);
        var times = await db.TimesTaken(
            request.From.StartInstant().ToUniversalTime(),
            request.To.AddDays(1).StartInstant().ToUniversalTime(),
            ct
        );
        var opinions = await db.OpinionsOf(db.User.Scope, request.From, request.To, clock.GetUtcNow(), ct);
        known["5.2"] = Rate.Of(opinions.Feedback - opinions.Overdue, opinions.Feedback);
        known["5.3"] = Rate.Of(
            Math.Max(0, opinions.Feedback - opinions.Disliked - opinions.Repeated - opinions.Overdue),
            opinions.Feedback
        );
        // All but what was overdue, complained of or disliked (index 5.4).
        var judged = read.Totals.OnTimeRate;
        known["5.4"] = Rate.Of(Math.Max(0, judged.Numerator - opinions.Discontent), judged.Denominator);
        var lines = QualityScore
            .Names.Select(n => Line(n, known.GetValueOrDefault(n.Index), parameters.GetValueOrDefault(n.Index)))
            .Select(l => l.Index == "2.2" && times.Count > 0 ? l with { Available = true, Missing = null } : l)
            .ToList();
        return new(
            read.Definition,
            Text(lines.Sum(l => l.Points is null ? 0 : decimal.Parse(l.Points, CultureInfo.InvariantCulture))),
            lines.Count(l => l.Points is not null),
            lines.Count(l => !l.Available),
            lines,
            [.. times.Select(MeanTime.Of)]
        );
    }

    private static QualityIndexLine Line(QualityIndexName name, Rate? share, QualityParameter? parameter)
    {
        decimal? percent = share is { Denominator: > 0 } ? share.Numerator * 100m / share.Denominator : null;
        var points = QualityScore.Points(percent, parameter?.Target, parameter?.Maximum);
        return new(
            name.Index,
            name.Group,
            name.Vietnamese,
            name.English,
            share is not null,
            share,
            parameter?.Target,
            parameter?.Maximum,
            points is { } p ? Text(p) : null,
            parameter?.ToBeConfirmed ?? true,
            share is null ? Missing[name.Index] : null
        );
    }

    private static string Text(decimal points) => points.ToString("0.00", CultureInfo.InvariantCulture);
}

internal sealed class GetQualityIndexEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/quality-index", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Read the quality index of Decision 766</summary>
    /// <remarks>Gives the single indices with their shares and points. Where the facts are not in this system the index is named as not available and has no figure.</remarks>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    private static async Task<ValueAnswer<QualityIndexReport>> Handle(DateOnly from, DateOnly to, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetQualityIndex(from, to), ct));
}
