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
/// <param name="GroupBy">By what to group, separated by commas: <c>day</c>, <c>week</c> or <c>month</c>, <c>centre</c>, <c>agency</c>, <c>field</c>, <c>procedure</c>, <c>channel</c>, <c>assistance</c> (<c>unassisted</c>, <c>assisted</c> by the receiving centre, <c>atOtherCentre</c>).</param>
/// <param name="CentreCode">Only this centre.</param>
/// <param name="AgencyCode">Only this agency.</param>
/// <param name="FieldCode">Only procedures of this field.</param>
/// <param name="ProcedureCode">Only this procedure.</param>
/// <param name="Channel">Only this channel.</param>
/// <param name="Definition">By which definition on time is judged; by instant when left out.</param>
/// <param name="Assistance">Only those whose applicant was helped, or was not.</param>
/// <param name="Format">The form wanted: <c>json</c>, <c>xlsx</c> or <c>csv</c>.</param>
internal sealed record StatisticsFilter(
    [property: FromQuery(Name = "from")] DateOnly From,
    [property: FromQuery(Name = "to")] DateOnly To,
    [property: FromQuery(Name = "groupBy")] string? GroupBy = null,
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "fieldCode")] string? FieldCode = null,
    [property: FromQuery(Name = "procedureCode")] string? ProcedureCode = null,
    [property: FromQuery(Name = "channel")] Channel? Channel = null,
    [property: FromQuery(Name = "definition")] OnTimeRule? Definition = null,
    [property: FromQuery(Name = "assistance")] Assistance? Assistance = null,
    [property: FromQuery(Name = "format")] string? Format = null
);

internal sealed record GetStatistics(StatisticsFilter Filter) : IQuery<StatisticsReport>;

/// <summary>Figures with what a file of them needs.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Names">Names by dimension and code; empty unless a file is wanted.</param>
internal sealed record StatisticsReport(DossierStatistics Figures, IReadOnlyDictionary<(string Dimension, string Code), string> Names);

internal sealed class GetStatisticsHandler(DossiersDbContext db, FigureReader figures) : IRequestHandler<GetStatistics, StatisticsReport>
{
    public async Task<StatisticsReport> Handle(GetStatistics request, CancellationToken ct)
    {
        var read = await figures.Read(request.Filter, db.User.Scope, ct);
        var inFile = Sheet.Form(request.Filter.Format) is not null;
        return new(read, inFile ? await db.NamesByDimension(ct) : new Dictionary<(string, string), string>());
    }
}

internal sealed class GetStatisticsEndpoint : IEndpoint
{
    private static readonly Dictionary<string, string> Dimensions = new()
    {
        ["day"] = "Ngày",
        ["week"] = "Tuần",
        ["month"] = "Tháng",
        ["centre"] = "Trung tâm",
        ["agency"] = "Cơ quan",
        ["field"] = "Lĩnh vực",
        ["procedure"] = "Thủ tục",
        ["channel"] = "Kênh thực hiện",
        ["assistance"] = "Hỗ trợ nộp hồ sơ",
    };

    private static readonly string[] Columns =
    [
        "Kỳ trước chuyển qua",
        "Tiếp nhận",
        "Đã giải quyết",
        "Trước hạn",
        "Đúng hạn",
        "Quá hạn",
        "Đã trả kết quả",
        "Rút hồ sơ",
        "Từ chối giải quyết",
        "Dừng giải quyết",
        "Không tiếp nhận",
        "Đang giải quyết",
        "Quá hạn đang giải quyết",
        "Tỷ lệ đúng hạn (%)",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics", Handle)
            .Requires(DossiersPermissions.Statistics)
            .Produces<DossierStatistics>(StatusCodes.Status200OK, "application/json", Sheet.Xlsx, Sheet.Csv);

    /// <summary>Read the figures of a period</summary>
    /// <remarks>Gives what was received, settled and returned, with the share on time, as JSON, XLSX or CSV. Received and carried over are as many as settled and open in every group; what was not accepted at intake is counted beside them. The definition says how on time is judged: by instant, by day, or as index 2.1 of Decision 766 judges everything that was open or settled in the period.</remarks>
    private static async Task<IResult> Handle([AsParameters] StatisticsFilter filter, ISender sender, CancellationToken ct)
    {
        var form = Sheet.Form(filter.Format);
        var report = await sender.Send(new GetStatistics(filter), ct);
        return form is { } f
            ? new FileAnswer(AsSheet(report, filter).Write(f.MediaType), f.MediaType, $"so-lieu-{filter.To:yyyyMMdd}.{f.Extension}")
            : new ValueAnswer<DossierStatistics>(report.Figures);
    }

    private static Sheet AsSheet(StatisticsReport report, StatisticsFilter filter)
    {
        var dimensions = FigureReader.Dimensions(filter.GroupBy);
        var total = FigureGroup.Of(dimensions.ToDictionary(d => d, d => d == dimensions[0] ? "Tổng cộng" : ""), report.Figures.Totals);
        return new(
            "Số liệu",
            [.. dimensions.Select(d => Dimensions[d]), .. Whole(dimensions, "Phạm vi"), .. Columns],
            [
                .. report
                    .Figures.Groups.Append(total)
                    .Select(g =>
                        (IReadOnlyList<object?>)
                            [
                                .. dimensions.Select(d => (object?)report.Names.GetValueOrDefault((d, g.Key[d]), g.Key[d])),
                                .. Whole(dimensions, "Tổng cộng"),
                                g.CarriedOver,
                                g.Received,
                                g.Settled,
                                g.Early,
                                g.OnTime,
                                g.Late,
                                g.Returned,
                                g.Withdrawn,
                                g.Refused,
                                g.Stopped,
                                g.Rejected,
                                g.Open,
                                g.Overdue,
                                g.OnTimeRate.Percent,
                            ]
                    ),
            ],
            Sheet.Of(filter.From, filter.To, report.Figures.Definition)
        );
    }

    // Without groups there is one line, and it says so.
    private static IEnumerable<string> Whole(List<string> dimensions, string text) => dimensions.Count == 0 ? [text] : [];
}
