using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 05: notice that the work is stopped (thông báo dừng giải quyết hồ sơ).</summary>
/// <param name="Head">Whose dossier it is about.</param>
/// <param name="OnRequest">Whether the person asked for it.</param>
/// <param name="RequestedAt">When the person asked.</param>
/// <param name="RequestChannel">How the person asked.</param>
/// <param name="StatusBefore">Where the dossier stood.</param>
/// <param name="Reason">Why it is stopped.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="StoppedAt">When it was stopped.</param>
/// <param name="Payment">What happened with what was to be paid.</param>
internal sealed record StopForm(
    FormHead Head,
    bool OnRequest,
    DateTimeOffset? RequestedAt,
    Channel? RequestChannel,
    DossierStatus StatusBefore,
    string? Reason,
    string? LegalBasis,
    DateTimeOffset StoppedAt,
    PaymentStatus Payment
);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintStopNotice(Guid Id, string PublicAddress) : ICommand<StopForm>;

internal sealed class PrintStopNoticeValidator : AbstractValidator<PrintStopNotice>
{
    public PrintStopNoticeValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintStopNoticeHandler(FormMaterial material, IRepository<Dossier> dossiers)
    : IRequestHandler<PrintStopNotice, StopForm>
{
    public async Task<StopForm> Handle(PrintStopNotice request, CancellationToken ct)
    {
        var (d, _, head) = await material.Of(request.Id, "form-05", "DGQ", request.PublicAddress, ct);
        if (d.Status != DossierStatus.Stopped)
            throw MissingForm.StopNotice(d);
        await dossiers.Save(ct);
        var stopped = d.SettledAt!.Value;
        return d is { Outcome: Outcome.Withdrawal, Withdrawal: { } w }
            ? new(head, true, w.RequestedAt, w.Channel, w.StatusBefore, w.Reason, null, stopped, d.Payment)
            : new(
                head,
                false,
                null,
                null,
                d.Closing?.StatusBefore ?? DossierStatus.InProcess,
                d.Closing?.Reason,
                d.Closing?.LegalBasis,
                stopped,
                d.Payment
            );
    }
}

internal sealed class PrintStopNoticeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/05", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<StopForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the notice of stopping (form 05)</summary>
    /// <remarks>Gives why and when the work was stopped, where it stood, and what happens with the fees. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintStopNotice(id, address), ct),
            Sheet,
            f => f.Head.Number.Replace('/', '-')
        );

    private static FormSheet Sheet(StopForm form) =>
        FormSheet.About(
            form.Head,
            "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
            [
                new FormLine(form.OnRequest ? "Dừng giải quyết theo yêu cầu rút hồ sơ của người nộp." : "Dừng giải quyết hồ sơ.", true),
                new FormField("Thời điểm yêu cầu", form.RequestedAt is { } asked ? FormSheet.Written(asked) : null),
                new FormField("Hình thức yêu cầu", form.RequestChannel is { } channel ? InWords(channel) : null),
                new FormField("Trạng thái hồ sơ tại thời điểm đó", InWords(form.StatusBefore)),
                new FormField("Lý do", form.Reason),
                new FormField("Căn cứ", form.LegalBasis),
                new FormField("Thời điểm dừng", FormSheet.Written(form.StoppedAt)),
                new FormField("Phí, lệ phí", InWords(form.Payment)),
            ],
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI THÔNG BÁO"
        );

    private static string InWords(Channel channel) =>
        channel switch
        {
            Channel.Online => "Trực tuyến",
            Channel.Post => "Bưu chính công ích",
            _ => "Trực tiếp",
        };

    private static string InWords(DossierStatus status) =>
        status switch
        {
            DossierStatus.Submitted => "Mới đăng ký",
            DossierStatus.Received => "Được tiếp nhận",
            DossierStatus.SupplementRequested => "Yêu cầu bổ sung giấy tờ",
            DossierStatus.FinancialObligationRequested => "Yêu cầu thực hiện nghĩa vụ tài chính",
            _ => "Đang xử lý",
        };

    private static string InWords(PaymentStatus payment) =>
        payment switch
        {
            PaymentStatus.Paid => "Đã thu, không hoàn",
            PaymentStatus.RefundDue or PaymentStatus.Refunded => "Hoàn lại cho người nộp",
            PaymentStatus.Cancelled => "Không thu",
            _ => "Không phát sinh",
        };
}
