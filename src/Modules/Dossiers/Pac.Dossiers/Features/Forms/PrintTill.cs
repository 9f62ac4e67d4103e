using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Features.Cash;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>The cash-up of a cashier (bảng kê thu, nộp tiền trong ca), in dong.</summary>
/// <param name="CentreName">The centre.</param>
/// <param name="CentreAddress">Where it is.</param>
/// <param name="Till">The till with its sums.</param>
/// <param name="Lines">What went through it, oldest first.</param>
internal sealed record TillForm(string CentreName, string CentreAddress, TillView Till, IReadOnlyList<TillLine> Lines);

/// <summary>A movement of a till.</summary>
/// <param name="At">When.</param>
/// <param name="Move">What happened.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="FeeCode">The line of the price.</param>
/// <param name="ReceiptSeries">Series of the receipt.</param>
/// <param name="ReceiptNumber">Number of the receipt.</param>
/// <param name="Amount">How much, in dong; below zero what went out.</param>
internal sealed record TillLine(
    DateTimeOffset At,
    MoneyMove Move,
    string DossierCode,
    string FeeCode,
    string? ReceiptSeries,
    string? ReceiptNumber,
    long Amount
);

internal sealed record PrintTill(Guid Id) : IQuery<TillForm>;

internal sealed class PrintTillHandler(DossiersDbContext db, CentreCalendars centres) : IRequestHandler<PrintTill, TillForm>
{
    private const int Most = 10_000;

    public async Task<TillForm> Handle(PrintTill request, CancellationToken ct)
    {
        var id = new TillId(request.Id);
        var till = await db.VisibleTills().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFoundException("till");
        var totals = await db.TotalsOf([request.Id], ct);
        // The receipt of a movement is the one that held for its demand at that instant: the last one issued by then.
        var rows = await (
            from e in db.Set<MoneyEntry>().AsNoTracking()
            where e.TillId == request.Id
            orderby e.At, e.Id
            select new
            {
                e.At,
                e.Move,
                Code = db.AllDossiers.Where(d => d.Id == e.DossierId).Select(d => d.Code).First(),
                e.LineCode,
                Receipt = db.Set<FeeReceipt>()
                    .Where(r => r.DossierId == e.DossierId && r.PaymentNumber == e.PaymentNumber && r.IssuedAt <= e.At)
                    .OrderByDescending(r => r.IssuedAt)
                    .Select(r => new { r.Series, r.Number })
                    .FirstOrDefault(),
                e.Dong,
            }
        )
            .Take(Most)
            .ToListAsync(ct);
        var centre = await centres.Find(till.CentreCode, 0, ct);
        return new(
            centre?.Name ?? till.CentreCode,
            centre?.Address ?? "",
            TillView.Of(till, totals.GetValueOrDefault(request.Id)),
            [
                .. rows.Select(r => new TillLine(
                    r.At,
                    r.Move,
                    r.Code,
                    r.LineCode,
                    r.Receipt?.Series,
                    r.Receipt?.Number,
                    r.Move == MoneyMove.Collected ? r.Dong : -r.Dong
                )),
            ]
        );
    }
}

internal sealed class PrintTillEndpoint : IEndpoint
{
    private const string InPlace = "Chốt thay người thu, lý do";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/tills/{id}/sheet", Handle)
            .Requires(DossiersPermissions.ReadCash)
            .Produces<TillForm>(StatusCodes.Status200OK, "application/json", "application/pdf", Spreadsheet);

    /// <summary>Print a cash-up</summary>
    /// <remarks>Gives everything that went through a till with its count: as JSON, as a PDF, or as a spreadsheet for <c>format=xlsx</c>.</remarks>
    /// <param name="id">Identifier of the till.</param>
    /// <param name="format">The form wanted: <c>json</c>, <c>pdf</c> or <c>xlsx</c>.</param>
    private static async Task<IResult> Handle(Guid id, string? format, ISender sender, CancellationToken ct)
    {
        if (format is not (null or "json" or "pdf" or "xlsx"))
            throw InvalidRequestException.Query(
                "format",
                "unknown-format",
                "Chỉ có json, pdf hoặc xlsx.",
                "The formats are json, pdf and xlsx."
            );
        var form = await sender.Send(new PrintTill(id), ct);
        var name = string.Create(CultureInfo.InvariantCulture, $"ca-thu-{form.Till.Day:yyyyMMdd}-{form.Till.Id:N}");
        return format switch
        {
            "xlsx" => new FileAnswer(Workbook(form), Spreadsheet, name + ".xlsx"),
            "pdf" => new FileAnswer(Sheet(form).Draw(), "application/pdf", name + ".pdf"),
            _ => new ValueAnswer<TillForm>(form),
        };
    }

    private static byte[] Workbook(TillForm form)
    {
        using var stream = new MemoryStream();
        var sheets = new Dictionary<string, object>
        {
            ["Chi tiết"] = form
                .Lines.Select(
                    (l, i) =>
                        new Dictionary<string, object?>
                        {
                            ["STT"] = i + 1,
                            ["Thời điểm"] = Written(l.At),
                            ["Nội dung"] = InWords(l.Move),
                            ["Mã hồ sơ"] = SpreadsheetText.Harmless(l.DossierCode),
                            ["Khoản thu"] = SpreadsheetText.Harmless(l.FeeCode),
                            ["Ký hiệu"] = SpreadsheetText.Harmless(l.ReceiptSeries),
                            ["Số biên lai"] = SpreadsheetText.Harmless(l.ReceiptNumber),
                            ["Số tiền (đồng)"] = l.Amount,
                        }
                )
                .ToList(),
            ["Tổng hợp"] = Sums(form.Till)
                .Select(s => new Dictionary<string, object?> { ["Nội dung"] = s.Name, ["Số tiền (đồng)"] = s.Dong })
                .Append(new() { ["Nội dung"] = "Giải trình", ["Số tiền (đồng)"] = SpreadsheetText.Harmless(form.Till.Explanation) })
                .Append(new() { ["Nội dung"] = InPlace, ["Số tiền (đồng)"] = SpreadsheetText.Harmless(ClosedBy(form.Till)) })
                .ToList(),
        };
        stream.SaveAs(sheets);
        return stream.ToArray();
    }

    private static string? ClosedBy(TillView till) => till.ClosedBy is { } by ? $"{by}; {till.ClosingReason}" : null;

    private static FormSheet Sheet(TillForm form) =>
        new(
            "BẢNG KÊ THU TIỀN TRONG CA",
            form.CentreName,
            form.CentreAddress,
            null,
            null,
            null,
            [
                new FormField("Ngày", form.Till.Day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)),
                new FormField("Mở ca", FormSheet.Written(form.Till.OpenedAt)),
                new FormField("Chốt ca", form.Till.ClosedAt is { } closed ? FormSheet.Written(closed) : "Chưa chốt"),
                new FormField(InPlace, ClosedBy(form.Till)),
                new FormField("Xác nhận", form.Till.ConfirmedAt is { } confirmed ? FormSheet.Written(confirmed) : null),
                new FormGap(6),
                new FormTable(
                    ["STT", "Thời điểm", "Nội dung", "Mã hồ sơ", "Biên lai", "Số tiền"],
                    [
                        .. form.Lines.Select(
                            (l, i) =>
                                (IReadOnlyList<string>)
                                    [
                                        (i + 1).ToString(CultureInfo.InvariantCulture),
                                        Written(l.At),
                                        InWords(l.Move),
                                        l.DossierCode,
                                        string.Join(' ', new[] { l.ReceiptSeries, l.ReceiptNumber }.OfType<string>()),
                                        FormMoney.Written(l.Amount),
                                    ]
                        ),
                    ],
                    [7, 17, 14, 26, 20, 16]
                ),
                new FormGap(6),
                .. Sums(form.Till).Select(s => new FormLine($"{s.Name}: {FormMoney.Written(s.Dong)} đồng")),
                new FormField("Giải trình", form.Till.Explanation),
            ],
            "NGƯỜI THU TIỀN",
            "NGƯỜI XÁC NHẬN"
        );

    private static IEnumerable<(string Name, long Dong)> Sums(TillView t)
    {
        yield return ("Tiền lẻ đầu ca", t.Opening);
        yield return ("Đã thu", t.Collected);
        yield return ("Đã hủy", t.Voided);
        yield return ("Đã hoàn trả", t.Refunded);
        yield return ("Phải có trong quầy", t.Expected);
        if (t.Counted is { } counted)
            yield return ("Kiểm đếm", counted);
        if (t.Difference is { } difference)
            yield return ("Chênh lệch", difference);
    }

    private static string Written(DateTimeOffset at) => at.ToLocal().ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string InWords(MoneyMove move) =>
        move switch
        {
            MoneyMove.Collected => "Thu",
            MoneyMove.Voided => "Hủy",
            MoneyMove.Refunded => "Hoàn trả",
            _ => "Miễn, giảm",
        };
}
