using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record GetReport07b(ReportFilter Filter) : IQuery<Report07b>;

/// <summary>Report II.07b: procedures under the one-stop mechanism (thực hiện cơ chế một cửa; Circular 01/2020/TT-VPCP).</summary>
/// <param name="Reported">Its days.</param>
/// <param name="Definition">How its figures are defined.</param>
/// <param name="Rows">By level of competence.</param>
/// <param name="Total">All together.</param>
internal sealed record Report07b(ReportPeriod Reported, FigureDefinition Definition, IReadOnlyList<Report07bRow> Rows, Report07bRow Total);

/// <summary>A row of report II.07b.</summary>
/// <param name="Number">(1) Number of the row.</param>
/// <param name="Level">(2) Level of competence; left out in the total.</param>
/// <param name="Procedures">(3) Procedures in force on the last day.</param>
/// <param name="WithDossiers">(4) Procedures of which dossiers were received at the one-stop sections in the period.</param>
/// <param name="WithWorkflow">(5) Procedures with an approved internal process.</param>
/// <param name="Received">(6) Dossiers received in the period.</param>
internal sealed record Report07bRow(int Number, AgencyLevel? Level, long Procedures, long WithDossiers, long WithWorkflow, long Received);

internal sealed class GetReport07bHandler(DossiersDbContext db, ReportPeriods periods, FigureReader figures)
    : IRequestHandler<GetReport07b, Report07b>
{
    public async Task<Report07b> Handle(GetReport07b request, CancellationToken ct)
    {
        var period = await periods.Of(request.Filter, ct);
        var read = await figures.Read(new(period.From, period.To, "procedure"), db.User.Scope, ct);
        var received = read.Groups.Where(g => g.Received > 0).ToDictionary(g => g.Key["procedure"], g => g.Received);
        var procedures = (await db.Procedures.AsNoTracking().ToListAsync(ct))
            .Select(p => (p.Code, p.InForceOn(period.To)?.Content))
            .Where(p => p.Content is not null)
            .ToList();
        var rows = Enum.GetValues<AgencyLevel>()
            .Select(
                (level, i) =>
                {
                    var own = procedures.Where(p => p.Content!.Level == level).ToList();
                    return new Report07bRow(
                        i + 1,
                        level,
                        own.Count,
                        own.Count(p => received.ContainsKey(p.Code)),
                        own.Count(p => p.Content!.Steps.Count > 0),
                        own.Sum(p => received.GetValueOrDefault(p.Code))
                    );
                }
            )
            .ToList();
        var total = new Report07bRow(
            rows.Count + 1,
            null,
            rows.Sum(r => r.Procedures),
            rows.Sum(r => r.WithDossiers),
            rows.Sum(r => r.WithWorkflow),
            rows.Sum(r => r.Received)
        );
        return new(period, await figures.Define(OnTimeRule.ByInstant, period.To, ct), rows, total);
    }
}

internal sealed class GetReport07bEndpoint : IEndpoint
{
    private static readonly string[] Headings =
    [
        "(1) STT",
        "(2) Cấp giải quyết",
        "(3) Tổng số thủ tục",
        "(4) Thủ tục có hồ sơ tại Bộ phận Một cửa",
        "(5) Thủ tục có quy trình nội bộ được phê duyệt",
        "(6) Hồ sơ tiếp nhận trong kỳ",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/reports/07b", Handle)
            .Requires(DossiersPermissions.Statistics)
            .Produces<Report07b>(StatusCodes.Status200OK, "application/json", Sheet.Xlsx, Sheet.Csv);

    /// <summary>Read report II.07b</summary>
    /// <remarks>Gives how many procedures are in force, received at the one-stop sections and have an approved internal process, by level of competence, as JSON, XLSX or CSV.</remarks>
    private static async Task<IResult> Handle([AsParameters] ReportFilter filter, ISender sender, CancellationToken ct)
    {
        var form = Sheet.Form(filter.Format);
        var report = await sender.Send(new GetReport07b(filter), ct);
        return form is { } f
            ? new FileAnswer(AsSheet(report).Write(f.MediaType), f.MediaType, $"bao-cao-07b-{report.Reported.To:yyyyMMdd}.{f.Extension}")
            : new ValueAnswer<Report07b>(report);
    }

    private static Sheet AsSheet(Report07b report) =>
        new(
            "II.07b",
            Headings,
            [
                .. report
                    .Rows.Append(report.Total)
                    .Select(r =>
                        (IReadOnlyList<object?>)[r.Number, InWords(r.Level), r.Procedures, r.WithDossiers, r.WithWorkflow, r.Received]
                    ),
            ],
            Sheet.Of(report.Reported.From, report.Reported.To, report.Definition)
        );

    private static string InWords(AgencyLevel? level) =>
        level switch
        {
            AgencyLevel.Province => "Cấp tỉnh",
            AgencyLevel.Commune => "Cấp xã",
            AgencyLevel.Vertical => "Ngành dọc",
            _ => "Tổng cộng",
        };
}
