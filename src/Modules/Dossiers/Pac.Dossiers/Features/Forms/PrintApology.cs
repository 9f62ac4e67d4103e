using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 04: apology and new date (văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết).</summary>
/// <param name="Head">Whose dossier it is about.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="OldDueAt">What was promised.</param>
/// <param name="NewDueAt">What is promised now.</param>
/// <param name="Reason">Why it takes longer.</param>
/// <param name="Signer">Head of the competent agency, by office.</param>
/// <param name="IsLate">Whether the apology came later than the law wants it.</param>
internal sealed record ApologyForm(
    FormHead Head,
    DateTimeOffset ReceivedAt,
    DateTimeOffset OldDueAt,
    DateTimeOffset NewDueAt,
    string Reason,
    string Signer,
    bool IsLate
);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintApology(Guid Id, string PublicAddress) : ICommand<ApologyForm>;

internal sealed class PrintApologyValidator : AbstractValidator<PrintApology>
{
    public PrintApologyValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintApologyHandler(FormMaterial material, IRepository<Dossier> dossiers) : IRequestHandler<PrintApology, ApologyForm>
{
    public async Task<ApologyForm> Handle(PrintApology request, CancellationToken ct)
    {
        var (d, _, head) = await material.Of(request.Id, "form-04", "XL", request.PublicAddress, ct);
        if (d.Extension is not { } e)
            throw MissingForm.Apology(d);
        await dossiers.Save(ct);
        return new(head, d.ReceivedAt, e.OldDueAt, e.NewDueAt, e.Reason, e.Signer, e.IsLate);
    }
}

internal sealed class PrintApologyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/04", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<ApologyForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the apology (form 04)</summary>
    /// <remarks>Gives the apology with the old and the new date. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintApology(id, address), ct),
            Sheet,
            f => f.Head.Number.Replace('/', '-')
        );

    private static FormSheet Sheet(ApologyForm form) =>
        FormSheet.About(
            form.Head,
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            [
                new FormField("Kính gửi", form.Head.ApplicantName),
                new FormField("Thời gian nhận hồ sơ", FormSheet.Written(form.ReceivedAt)),
                new FormField("Thời gian hẹn trả kết quả", FormSheet.Written(form.OldDueAt)),
                new FormField("Lý do chưa giải quyết xong đúng hẹn", form.Reason),
                new FormLine("Cơ quan giải quyết xin lỗi Ông/Bà, tổ chức vì sự chậm trễ này."),
                new FormField("Thời gian hẹn trả kết quả mới", FormSheet.Written(form.NewDueAt)),
                new FormField("Người ký", form.Signer),
            ],
            "NƠI NHẬN",
            "THỦ TRƯỞNG CƠ QUAN GIẢI QUYẾT"
        );
}
