using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 01: receipt of the dossier and appointment for the result (giấy tiếp nhận hồ sơ và hẹn trả kết quả).</summary>
/// <param name="Number">Number of the receipt.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="CentreName">The centre.</param>
/// <param name="CentreAddress">Where it is.</param>
/// <param name="ApplicantName">Who applies.</param>
/// <param name="OwnerName">Whose affair it is, when it is not the applicant's own.</param>
/// <param name="ApplicantAddress">Postal address.</param>
/// <param name="ApplicantPhone">Telephone.</param>
/// <param name="ApplicantEmail">E-mail address.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name.</param>
/// <param name="Volume">Volume of the register (quyển số): the competent agency and the day of the dossier code.</param>
/// <param name="Serial">Number in that volume (số).</param>
/// <param name="Sets">How many sets were handed in; left out when that is not known.</param>
/// <param name="Documents">What was handed in.</param>
/// <param name="StatutoryTime">The time limit in words.</param>
/// <param name="ReceivedAt">When the dossier was received.</param>
/// <param name="DueAt">When the result is promised; left out when nothing is promised.</param>
/// <param name="ValidDueAt">When the result is due now, where that is no longer what was promised; left out otherwise, and while the clock stands still.</param>
/// <param name="ReturnAt">Where the result is wanted.</param>
/// <param name="TrackingUrl">Where anybody who holds the code sees how it stands; the content of the QR code.</param>
/// <param name="RatingUrl">Where the holder alone rates how the dossier was handled, once it is over.</param>
internal sealed record ReceiptForm(
    string Number,
    string DossierCode,
    string CentreName,
    string CentreAddress,
    string ApplicantName,
    string? OwnerName,
    string? ApplicantAddress,
    string? ApplicantPhone,
    string? ApplicantEmail,
    string ProcedureCode,
    string ProcedureName,
    string Volume,
    string Serial,
    int? Sets,
    IReadOnlyList<ReceiptComponent> Documents,
    string StatutoryTime,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? ValidDueAt,
    string ReturnAt,
    string TrackingUrl,
    string RatingUrl
);

/// <summary>A component as the receipt lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Original, copy or electronic file.</param>
/// <param name="Quantity">How many sets.</param>
internal sealed record ReceiptComponent(string Name, CopyKind Kind, int Quantity);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintReceipt(Guid Id, string PublicAddress) : ICommand<ReceiptForm>;

internal sealed class PrintReceiptValidator : AbstractValidator<PrintReceipt>
{
    public PrintReceiptValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintReceiptHandler(
    FormMaterial material,
    PinnedProcedures procedures,
    IHolderKeys keys,
    CentreCalendars centres,
    IRepository<Dossier> dossiers
) : IRequestHandler<PrintReceipt, ReceiptForm>
{
    public async Task<ReceiptForm> Handle(PrintReceipt request, CancellationToken ct)
    {
        var (d, content, centre, _) = await material.Of(request.Id, "form-01", ct);
        // What another system received, it has also given a receipt for; what is only submitted has none yet.
        if (d.Clock is null)
            throw MissingForm.Receipt(d);
        await dossiers.Save(ct);
        var procedure = await procedures.ProcedureOf(d, ct);
        // What was handed in under an earlier version, before the dossier was moved, has its name from there.
        var names = procedure.Versions.OrderBy(v => v.Number == d.ProcedureVersion ? int.MinValue : v.Number);
        string NameOf(string code) => names.SelectMany(v => v.Content.Components).First(c => c.Code == code).Name;
        var wantedAt = d.ReturnCentreCode is { } code ? (await centres.Find(code, 0, ct))?.Name ?? code : centre.Name;
        var (volume, serial) = DossierCode.InRegister(d.Code);
        return new(
            d.Code + "/TNHS",
            d.Code,
            centre.Name,
            centre.Address,
            d.Applicant.Name,
            d.Parties?.Owner?.Name,
            d.Applicant.Address,
            d.Applicant.Phone,
            d.Applicant.Email,
            d.ProcedureCode,
            content.Name,
            volume,
            serial,
            DossierComponent.Sets(d.Components),
            [.. d.Components.Select(c => new ReceiptComponent(NameOf(c.Code), c.Kind, c.Quantity))],
            InWords(d.Clock.Rule),
            d.ReceivedAt,
            d.PromisedAt ?? d.DueAt,
            // What is due before the day promised, as one of linked dossiers may be, changes nothing for its holder.
            d.SettledAt
                is null
            && d.DueAt > d.PromisedAt
                ? d.DueAt
                : null,
            wantedAt,
            $"{request.PublicAddress}/track/{d.Code}",
            $"{request.PublicAddress}/track/{d.Code}/rating?key={await keys.Of(d.Id, ct)}"
        );
    }

    private static string InWords(TimeLimit limit) =>
        limit switch
        {
            { SameDayCutOff: { } cutOff } => $"Trong ngày; tiếp nhận sau {cutOff:HH\\:mm} thì trả vào ngày làm việc tiếp theo",
            { Term: { } t } => t.Unit switch
            {
                TermUnit.WorkingDay => $"{t.Value:0.##} ngày làm việc",
                TermUnit.CalendarDay => $"{t.Value:0.##} ngày",
                TermUnit.WorkingHour => $"{t.Value:0.##} giờ làm việc",
                _ => $"{t.Value:0.##} tháng",
            },
            _ => "Không quy định ngày hẹn trả",
        };
}

internal sealed class PrintReceiptEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/01", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<ReceiptForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the receipt (form 01)</summary>
    /// <remarks>Gives the receipt and appointment as JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        Answer(http, format, address => sender.Send(new PrintReceipt(id, address), ct), Sheet, f => f.DossierCode);

    // How every form is answered: as JSON, or printed when `format` or `Accept` asks for it.
    internal static async Task<IResult> Answer<T>(
        HttpContext http,
        string? format,
        Func<string, Task<T>> make,
        Func<T, FormSheet> sheet,
        Func<T, string> name
    )
    {
        var pdf = format switch
        {
            null => http.Request.Headers.Accept.ToString().Contains("application/pdf", StringComparison.OrdinalIgnoreCase),
            "pdf" => true,
            "json" => false,
            _ => throw InvalidRequestException.Query("format", "unknown-format", "Chỉ có json hoặc pdf.", "The formats are json and pdf."),
        };
        // A code that is printed has to work outside, under the name the centre is known by.
        var configured = http.RequestServices.GetRequiredService<IConfiguration>()["Pac:PublicAddress"]?.TrimEnd('/');
        var form = await make(string.IsNullOrEmpty(configured) ? $"{http.Request.Scheme}://{http.Request.Host}" : configured);
        return pdf ? new FileAnswer(sheet(form).Draw(), "application/pdf", name(form) + ".pdf") : new ValueAnswer<T>(form);
    }

    private static FormSheet Sheet(ReceiptForm form) =>
        new(
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            form.CentreName,
            form.CentreAddress,
            form.Number,
            form.DossierCode,
            form.TrackingUrl,
            [
                new FormField("Tiếp nhận hồ sơ của", form.ApplicantName),
                new FormField("Chủ hồ sơ", form.OwnerName),
                new FormField("Địa chỉ", form.ApplicantAddress),
                new FormField("Số điện thoại", form.ApplicantPhone),
                new FormField("Email", form.ApplicantEmail),
                new FormField("Nội dung yêu cầu giải quyết", $"{form.ProcedureName} ({form.ProcedureCode})"),
                new FormGap(6),
                new FormLine("Thành phần hồ sơ nộp gồm:", true),
                .. Documents(form),
                new FormField("Số lượng hồ sơ", form.Sets is { } sets ? string.Create(CultureInfo.InvariantCulture, $"{sets} bộ") : null),
                new FormGap(6),
                new FormField("Thời gian giải quyết theo quy định", form.StatutoryTime),
                new FormField("Thời gian nhận hồ sơ", FormSheet.Written(form.ReceivedAt)),
                new FormField("Thời gian trả kết quả giải quyết", form.DueAt is { } due ? FormSheet.Written(due) : "Không hẹn ngày"),
                .. form.ValidDueAt is { } valid
                    ? [new FormField("Ngày hẹn trả kết quả hiện nay", FormSheet.Written(valid))]
                    : Array.Empty<FormPart>(),
                new FormField("Nhận kết quả tại", form.ReturnAt),
                new FormField("Vào Sổ theo dõi hồ sơ, Quyển số", $"{form.Volume}, Số: {form.Serial}"),
                new FormGap(6),
                new FormField("Khi có kết quả, mời Ông/Bà đánh giá việc giải quyết hồ sơ tại", form.RatingUrl),
            ],
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ"
        );

    private static IEnumerable<FormPart> Documents(ReceiptForm form) =>
        form.Documents.Count == 0
            ? [new FormLine("Không nộp giấy tờ; dữ liệu được khai thác từ cơ sở dữ liệu dùng chung.", false, 12)]
            : form.Documents.Select(
                (c, i) =>
                    new FormLine(
                        string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {c.Name} - {Copy(c.Kind)}, {c.Quantity} bộ"),
                        false,
                        12
                    )
            );

    private static string Copy(CopyKind kind) =>
        kind switch
        {
            CopyKind.Original => "bản chính",
            CopyKind.Electronic => "bản điện tử",
            _ => "bản sao",
        };
}
