using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record GetReport07a(ReportFilter Filter) : IQuery<Report07a>;

/// <summary>Report II.07a: why dossiers were late (nguyên nhân quá hạn; Circular 01/2020/TT-VPCP).</summary>
/// <param name="Reported">Its days.</param>
/// <param name="Definition">How its figures are defined.</param>
/// <param name="Late">Dossiers settled late in the period, under that definition.</param>
/// <param name="Rows">By field or agency and cause.</param>
internal sealed record Report07a(ReportPeriod Reported, FigureDefinition Definition, long Late, IReadOnlyList<Report07aRow> Rows);

/// <summary>A row of report II.07a.</summary>
/// <param name="Number">(1) Number of the row.</param>
/// <param name="Code">Code of the field or agency.</param>
/// <param name="Title">(2) Its name.</param>
/// <param name="Cause">(3) The cause as stated; left out when none was, or when its words were erased with the personal data.</param>
/// <param name="CauseHash" example="6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b">SHA-256 of the cause, as the proof has it; left out when none was stated.</param>
/// <param name="Count">(4) Dossiers.</param>
/// <param name="Share">Of all that were late in the period.</param>
internal sealed record Report07aRow(int Number, string Code, string Title, string? Cause, string? CauseHash, long Count, Rate Share);

internal sealed class GetReport07aHandler(DossiersDbContext db, ReportPeriods periods, FigureReader figures)
    : IRequestHandler<GetReport07a, Report07a>
{
    public async Task<Report07a> Handle(GetReport07a request, CancellationToken ct)
    {
        var period = await periods.Of(request.Filter, ct);
        var byAgency = request.Filter.By == "agency";
        var rule = request.Filter.Definition ?? OnTimeRule.ByInstant;
        var begin = period.From.StartInstant().ToUniversalTime();
        var end = period.To.AddDays(1).StartInstant().ToUniversalTime();
        // The same cause is one row, whether or not its words are still there.
        var causes = (
            rule == OnTimeRule.ByInstant ? await db.Causes(byAgency, begin, end, ct) : await CausesByDay(period, byAgency, (begin, end), ct)
        )
            .GroupBy(c => (c.Key, Hash: CauseHash.Of(c.Cause) ?? c.Hash))
            .Select(g => new CauseCount(
                g.Key.Key,
                g.Select(c => c.Cause).FirstOrDefault(c => c is not null),
                g.Key.Hash,
                g.Sum(c => c.Count)
            ))
            .ToList();
        var names = await db.Names(byAgency, ct);
        var all = causes.Sum(c => c.Count);
        return new(
            period,
            await figures.Define(rule, period.To, ct),
            all,
            [
                .. causes
                    .OrderBy(c => c.Key, StringComparer.Ordinal)
                    .ThenByDescending(c => c.Count)
                    .ThenBy(c => c.Cause, StringComparer.Ordinal)
                    .Select(
                        (c, i) =>
                            new Report07aRow(
                                i + 1,
                                c.Key,
                                names.GetValueOrDefault(c.Key, c.Key),
                                c.Cause,
                                c.Hash,
                                c.Count,
                                Rate.Of(c.Count, all)
                            )
                    ),
            ]
        );
    }

    // Of what was late by instant, which has an index, those that were late by day.
    private async Task<List<CauseCount>> CausesByDay(
        ReportPeriod period,
        bool byAgency,
        (DateTimeOffset Begin, DateTimeOffset End) at,
        CancellationToken ct
    )
    {
        var query = new FigureQuery(period.From, period.To, [], new Dictionary<string, string>(), db.User.Scope);
        Dictionary<(string Key, string? Cause, string? Hash), long> counts = [];
        await foreach (var d in db.Doubtful(query, OnTimeRule.ByDay, (at.Begin, at.End, at.End)).WithCancellation(ct))
        {
            if (Punctuality.ByDay(d.SettledAt!.Value, d.DueAt) != Domain.Timeliness.Late)
                continue;
            var key = (byAgency ? d.AgencyCode : d.FieldCode, d.LateCause, d.LateCauseHash);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return [.. counts.Select(c => new CauseCount(c.Key.Key, c.Key.Cause, c.Key.Hash, c.Value))];
    }
}

internal sealed class GetReport07aEndpoint : IEndpoint
{
    private static readonly string[] Headings =
    [
        "(1) STT",
        "(2) Lĩnh vực, cơ quan",
        "(3) Nguyên nhân quá hạn",
        "(4) Số hồ sơ",
        "Tổng số hồ sơ quá hạn",
        "Tỷ lệ (%), làm tròn 2 số lẻ",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/reports/07a", Handle)
            .Requires(DossiersPermissions.Statistics)
            .Produces<Report07a>(StatusCodes.Status200OK, "application/json", Sheet.Xlsx, Sheet.Csv);

    /// <summary>Read report II.07a</summary>
    /// <remarks>Gives the causes of the dossiers that were settled late in a reporting period, by instant or by day, by field or agency, as JSON, XLSX or CSV.</remarks>
    private static async Task<IResult> Handle([AsParameters] ReportFilter filter, ISender sender, CancellationToken ct)
    {
        var form = Sheet.Form(filter.Format);
        var report = await sender.Send(new GetReport07a(filter), ct);
        return form is { } f
            ? new FileAnswer(AsSheet(report).Write(f.MediaType), f.MediaType, $"bao-cao-07a-{report.Reported.To:yyyyMMdd}.{f.Extension}")
            : new ValueAnswer<Report07a>(report);
    }

    private static Sheet AsSheet(Report07a report) =>
        new(
            "II.07a",
            Headings,
            [
                .. report.Rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [r.Number, r.Title, r.Cause ?? "Chưa nêu nguyên nhân", r.Count, r.Share.Denominator, r.Share.Percent]
                ),
            ],
            Sheet.Of(report.Reported.From, report.Reported.To, report.Definition)
        );
}
