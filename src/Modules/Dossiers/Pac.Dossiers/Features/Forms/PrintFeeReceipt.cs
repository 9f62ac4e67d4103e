using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>A receipt for a fee or charge as it is handed out (biên lai thu phí, lệ phí).</summary>
/// <param name="CentreName">The centre that took the money.</param>
/// <param name="CentreAddress">Where it is.</param>
/// <param name="FormCode">Form of the receipt (mẫu số).</param>
/// <param name="Series">Its series (ký hiệu).</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Fee (phí) or charge (lệ phí).</param>
/// <param name="PayerName">Who paid.</param>
/// <param name="PayerAddress">Postal address.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name.</param>
/// <param name="Lines">What was paid for.</param>
/// <param name="Amount">How much, in dong.</param>
/// <param name="Method">How it was paid.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="VoidedAt">When it was voided.</param>
/// <param name="VoidReason">Why it was voided.</param>
/// <param name="TrackingUrl">Where anybody who holds the code sees how the dossier stands; the content of the QR code.</param>
internal sealed record FeeReceiptForm(
    string CentreName,
    string CentreAddress,
    string? FormCode,
    string? Series,
    string Number,
    FeeKind Kind,
    string PayerName,
    string? PayerAddress,
    string DossierCode,
    string ProcedureCode,
    string ProcedureName,
    IReadOnlyList<FeeReceiptLine> Lines,
    long Amount,
    PaymentMethod Method,
    DateTimeOffset IssuedAt,
    DateTimeOffset? VoidedAt,
    string? VoidReason,
    string TrackingUrl
);

/// <summary>A line of a receipt.</summary>
/// <param name="Name">What was paid for, in Vietnamese.</param>
/// <param name="Amount">How much, in dong.</param>
internal sealed record FeeReceiptLine(string Name, long Amount);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintFeeReceipt(Guid Id, string PublicAddress) : ICommand<FeeReceiptForm>;

internal sealed class PrintFeeReceiptValidator : AbstractValidator<PrintFeeReceipt>
{
    public PrintFeeReceiptValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintFeeReceiptHandler(
    FormMaterial material,
    IRepository<FeeReceipt> receipts,
    CentreCalendars centres,
    IRepository<Dossier> dossiers
) : IRequestHandler<PrintFeeReceipt, FeeReceiptForm>
{
    public async Task<FeeReceiptForm> Handle(PrintFeeReceipt request, CancellationToken ct)
    {
        var receipt = await receipts.Get(new ReceiptWithId(new(request.Id)), ct);
        var (d, content, received, _) = await material.Of(receipt.DossierId.Value, "fee-receipt", ct);
        var centre = receipt.CentreCode == received.Code ? received : await centres.Find(receipt.CentreCode, 0, ct) ?? received;
        await dossiers.Save(ct);
        return new(
            centre.Name,
            centre.Address,
            receipt.FormCode,
            receipt.Series,
            receipt.Number,
            receipt.Kind,
            d.Applicant.Name,
            d.Applicant.Address,
            d.Code,
            d.ProcedureCode,
            content.Name,
            [.. receipt.Lines.Select(l => new FeeReceiptLine(l.Name, l.Dong))],
            receipt.AmountDong,
            receipt.Method,
            receipt.IssuedAt,
            receipt.VoidedAt,
            receipt.VoidReason,
            $"{request.PublicAddress}/track/{d.Code}"
        );
    }
}

internal sealed class PrintFeeReceiptEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/fee-receipts/{id}", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<FeeReceiptForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print a receipt</summary>
    /// <remarks>Gives a receipt for a fee or charge with its series and number; a voided one says so. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the receipt.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintFeeReceipt(id, address), ct),
            Sheet,
            f => "bien-lai-" + string.Concat(f.Number.Where(char.IsLetterOrDigit))
        );

    private static FormSheet Sheet(FeeReceiptForm form) =>
        new(
            form.Kind == FeeKind.Charge ? "BIÊN LAI THU LỆ PHÍ" : "BIÊN LAI THU PHÍ",
            form.CentreName,
            form.CentreAddress,
            string.Join(' ', new[] { form.Series, form.Number }.OfType<string>()),
            form.DossierCode,
            form.TrackingUrl,
            [
                .. form.VoidedAt is { } voided
                    ?
                    [
                        new FormLine("ĐÃ HỦY lúc " + FormSheet.Written(voided), true),
                        new FormField("Lý do hủy", form.VoidReason),
                        new FormGap(6),
                    ]
                    : Array.Empty<FormPart>(),
                new FormField("Mẫu số", form.FormCode),
                new FormField("Ký hiệu", form.Series),
                new FormField("Số", form.Number),
                new FormField("Người nộp", form.PayerName),
                new FormField("Địa chỉ", form.PayerAddress),
                new FormField("Thủ tục", $"{form.ProcedureName} ({form.ProcedureCode})"),
                new FormGap(6),
                new FormTable(
                    ["STT", "Nội dung thu", "Số tiền (đồng)"],
                    [
                        .. form.Lines.Select(
                            (l, i) =>
                                (IReadOnlyList<string>)[(i + 1).ToString(CultureInfo.InvariantCulture), l.Name, FormMoney.Written(l.Amount)]
                        ),
                    ],
                    [10, 65, 25]
                ),
                new FormGap(6),
                new FormLine($"Tổng số tiền: {FormMoney.Written(form.Amount)} đồng", true),
                new FormField("Bằng chữ", FormMoney.InWords(form.Amount)),
                new FormField("Hình thức nộp", FormMoney.InWords(form.Method)),
                new FormField("Thời điểm thu", FormSheet.Written(form.IssuedAt)),
            ],
            "NGƯỜI NỘP TIỀN",
            "NGƯỜI THU TIỀN"
        );
}
