using System.Data;
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

internal sealed record GetReport06a(ReportFilter Filter) : IQuery<Report06a>;

/// <summary>Report II.06a: dossiers handled (tình hình, kết quả giải quyết thủ tục hành chính; Circular 01/2020/TT-VPCP).</summary>
/// <param name="Reported">Its days.</param>
/// <param name="Definition">How its figures are defined.</param>
/// <param name="Identity">What must hold in every row: received in all are as many as settled and open.</param>
/// <param name="IdentityHolds">Whether it does; the open ones are counted from the dossiers, all else from the figures kept beside the acts.</param>
/// <param name="Rows">By field or agency.</param>
/// <param name="Total">All together.</param>
internal sealed record Report06a(
    ReportPeriod Reported,
    FigureDefinition Definition,
    string Identity,
    bool IdentityHolds,
    IReadOnlyList<Report06aRow> Rows,
    Report06aRow Total
);

/// <summary>A row of report II.06a; the numbers are those of its columns.</summary>
/// <param name="Number">(1) Number of the row.</param>
/// <param name="Code">Code of the field or agency.</param>
/// <param name="Title">(2) Its name.</param>
/// <param name="Received">(3) Received in all: (4) + (5) + (6).</param>
/// <param name="Online">(4) Received online in the period.</param>
/// <param name="InPerson">(5) Received at counters and by post in the period.</param>
/// <param name="CarriedOver">(6) Carried over from the period before.</param>
/// <param name="Settled">(7) Settled in all: (8) + (9) + (10).</param>
/// <param name="Early">(8) Before time.</param>
/// <param name="OnTime">(9) On time.</param>
/// <param name="Late">(10) Late.</param>
/// <param name="Open">(11) Being worked on in all: (12) + (13).</param>
/// <param name="InTime">(12) Within time.</param>
/// <param name="Overdue">(13) Overdue.</param>
/// <param name="RejectedAtIntake">Beside the columns: not accepted at intake in the period, so neither in (3) nor in (7); a refusal after reception is in (7).</param>
/// <param name="IdentityHolds">Whether (3) = (7) + (11), and what was not accepted is as many as the dossiers say.</param>
internal sealed record Report06aRow(
    int Number,
    string Code,
    string Title,
    long Received,
    long Online,
    long InPerson,
    long CarriedOver,
    long Settled,
    long Early,
    long OnTime,
    long Late,
    long Open,
    long InTime,
    long Overdue,
    long RejectedAtIntake,
    bool IdentityHolds
);

internal sealed class GetReport06aHandler(DossiersDbContext db, ReportPeriods periods, FigureReader figures, TimeProvider clock)
    : IRequestHandler<GetReport06a, Report06a>
{
    public async Task<Report06a> Handle(GetReport06a request, CancellationToken ct)
    {
        var period = await periods.Of(request.Filter, ct);
        var rule = request.Filter.Definition ?? OnTimeRule.ByInstant;
        var by = request.Filter.By ?? "field";
        // Both counts speak of one moment: what is received or settled between two statements would make them differ.
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var read = await figures.Read(new(period.From, period.To, by, Definition: rule), db.User.Scope, ct);
        var online = await figures.Read(new(period.From, period.To, by, Channel: Channel.Online), db.User.Scope, ct);
        var byOnline = online.Groups.ToDictionary(g => g.Key[by], g => g.Received);
        var end = period.To.AddDays(1).StartInstant().ToUniversalTime();
        var now = clock.GetUtcNow();
        var judged = now < end ? now : end;
        // By day: what is due on the day of the cut-off is still in time.
        var overdueBefore = rule == OnTimeRule.ByDay ? judged.AddTicks(-1).LocalDay().StartInstant().ToUniversalTime() : judged;
        var open = (await db.OpenAt(by == "agency", end, overdueBefore, ct)).ToDictionary(o => o.Key);
        var begin = period.From.StartInstant().ToUniversalTime();
        var rejected = await db.RejectedAtIntake(by == "agency", begin, end, ct);
        var names = await db.Names(by == "agency", ct);
        List<Report06aRow> rows = [];
        foreach (var code in read.Groups.Select(g => g.Key[by]).Union(open.Keys).Union(rejected.Keys).Order(StringComparer.Ordinal))
        {
            var f = read.Groups.FirstOrDefault(g => g.Key[by] == code);
            var o = open.GetValueOrDefault(code) ?? new(code, 0, 0);
            var received = (f?.CarriedOver ?? 0) + (f?.Received ?? 0);
            var notAccepted = (Figure: f?.Rejected ?? 0, Counted: rejected.GetValueOrDefault(code));
            if (received == 0 && o.Open == 0 && notAccepted == (0, 0))
                continue;
            rows.Add(
                Row(
                    rows.Count + 1,
                    (code, names.GetValueOrDefault(code, code)),
                    (byOnline.GetValueOrDefault(code), f?.Received ?? 0, f?.CarriedOver ?? 0),
                    (f?.Early ?? 0, f?.OnTime ?? 0, f?.Late ?? 0, f?.Settled ?? 0),
                    o,
                    notAccepted
                )
            );
        }
        var total = Row(
            rows.Count + 1,
            ("", "Tổng cộng"),
            (rows.Sum(r => r.Online), rows.Sum(r => r.Online + r.InPerson), rows.Sum(r => r.CarriedOver)),
            (rows.Sum(r => r.Early), rows.Sum(r => r.OnTime), rows.Sum(r => r.Late), rows.Sum(r => r.Settled)),
            new("", rows.Sum(r => r.Open), rows.Sum(r => r.Overdue)),
            (rows.Sum(r => r.RejectedAtIntake), rejected.Values.Sum())
        );
        return new(period, read.Definition, "(3) = (7) + (11)", rows.TrueForAll(r => r.IdentityHolds) && total.IdentityHolds, rows, total);
    }

    private static Report06aRow Row(
        int number,
        (string Code, string Title) of,
        (long Online, long All, long CarriedOver) came,
        (long Early, long OnTime, long Late, long All) went,
        OpenAtEnd open,
        (long Figure, long Counted) notAccepted
    ) =>
        new(
            number,
            of.Code,
            of.Title,
            came.All + came.CarriedOver,
            came.Online,
            came.All - came.Online,
            came.CarriedOver,
            went.All,
            went.Early,
            went.OnTime,
            went.Late,
            open.Open,
            open.Open - open.Overdue,
            open.Overdue,
            notAccepted.Figure,
            came.All + came.CarriedOver == went.All + open.Open
                && went.All == went.Early + went.OnTime + went.Late
                && notAccepted.Figure == notAccepted.Counted
        );
}

internal sealed class GetReport06aEndpoint : IEndpoint
{
    private static readonly string[] Headings =
    [
        "(1) STT",
        "(2) Lĩnh vực, cơ quan",
        "(3) Tiếp nhận: tổng số",
        "(4) Trực tuyến trong kỳ",
        "(5) Trực tiếp, bưu chính trong kỳ",
        "(6) Từ kỳ trước chuyển qua",
        "(7) Đã giải quyết: tổng số",
        "(8) Trước hạn",
        "(9) Đúng hạn",
        "(10) Quá hạn",
        "(11) Đang giải quyết: tổng số",
        "(12) Trong hạn",
        "(13) Quá hạn đang giải quyết",
        "Không tiếp nhận (ngoài biểu)",
        "(3) = (7) + (11)",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/reports/06a", Handle)
            .Requires(DossiersPermissions.Statistics)
            .Produces<Report06a>(StatusCodes.Status200OK, "application/json", Sheet.Xlsx, Sheet.Csv);

    /// <summary>Read report II.06a</summary>
    /// <remarks>Gives the dossiers received, settled and open in a reporting period by field or agency, as JSON, XLSX or CSV. In every row (3) = (7) + (11) is checked against a count of the dossiers themselves.</remarks>
    private static async Task<IResult> Handle([AsParameters] ReportFilter filter, ISender sender, CancellationToken ct)
    {
        var form = Sheet.Form(filter.Format);
        var report = await sender.Send(new GetReport06a(filter), ct);
        return form is { } f
            ? new FileAnswer(AsSheet(report).Write(f.MediaType), f.MediaType, $"bao-cao-06a-{report.Reported.To:yyyyMMdd}.{f.Extension}")
            : new ValueAnswer<Report06a>(report);
    }

    private static Sheet AsSheet(Report06a report) =>
        new(
            "II.06a",
            Headings,
            [
                .. report
                    .Rows.Append(report.Total)
                    .Select(r =>
                        (IReadOnlyList<object?>)
                            [
                                r.Number,
                                r.Title,
                                r.Received,
                                r.Online,
                                r.InPerson,
                                r.CarriedOver,
                                r.Settled,
                                r.Early,
                                r.OnTime,
                                r.Late,
                                r.Open,
                                r.InTime,
                                r.Overdue,
                                r.RejectedAtIntake,
                                r.IdentityHolds ? "đúng" : "SAI",
                            ]
                    ),
            ],
            Sheet.Of(report.Reported.From, report.Reported.To, report.Definition)
        );
}
