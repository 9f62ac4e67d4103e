using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Reception;

/// <summary>Form 01: receipt of the dossier and appointment for the result (giấy tiếp nhận hồ sơ và hẹn trả kết quả).</summary>
/// <param name="Number">Number of the receipt.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="CentreName">The centre.</param>
/// <param name="CentreAddress">Where it is.</param>
/// <param name="ApplicantName">Who applies.</param>
/// <param name="ApplicantAddress">Postal address.</param>
/// <param name="ApplicantPhone">Telephone.</param>
/// <param name="ApplicantEmail">E-mail address.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name.</param>
/// <param name="Documents">What was handed in.</param>
/// <param name="StatutoryTime">The time limit in words.</param>
/// <param name="ReceivedAt">When the dossier was received.</param>
/// <param name="DueAt">When the result is promised; left out when nothing is promised.</param>
/// <param name="TrackingUrl">Where anybody who holds the code sees how it stands; the content of the QR code.</param>
internal sealed record ReceiptForm(
    string Number,
    string DossierCode,
    string CentreName,
    string CentreAddress,
    string ApplicantName,
    string? ApplicantAddress,
    string? ApplicantPhone,
    string? ApplicantEmail,
    string ProcedureCode,
    string ProcedureName,
    IReadOnlyList<ReceiptComponent> Documents,
    string StatutoryTime,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    string TrackingUrl
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

internal sealed class PrintReceiptHandler(IRepository<Dossier> dossiers, ICatalogue catalogue, CentreCalendars centres, IAccessLog access)
    : IRequestHandler<PrintReceipt, ReceiptForm>
{
    public async Task<ReceiptForm> Handle(PrintReceipt request, CancellationToken ct)
    {
        var d = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        // What another system received, it has also given a receipt for.
        if (d.Source is not null)
            throw new NotFoundException("form");
        var procedure = await catalogue.Find(d.ProcedureCode, ct);
        if (procedure!.LastVersion < d.ProcedureVersion)
            procedure = await catalogue.Refresh(d.ProcedureCode, ct);
        var content = procedure!.Versions.Single(v => v.Number == d.ProcedureVersion).Content;
        var centre = await centres.Get(d.CentreCode, ct);
        access.Record(d.Id, "form-01");
        await dossiers.Save(ct);
        // What was handed in under an earlier version, before the dossier was moved, has its name from there.
        var names = procedure.Versions.OrderBy(v => v.Number == d.ProcedureVersion ? int.MinValue : v.Number);
        string NameOf(string code) => names.SelectMany(v => v.Content.Components).First(c => c.Code == code).Name;
        return new(
            d.Code + "/TNHS",
            d.Code,
            centre.Name,
            centre.Address,
            d.Applicant.Name,
            d.Applicant.Address,
            d.Applicant.Phone,
            d.Applicant.Email,
            d.ProcedureCode,
            content.Name,
            [.. d.Components.Select(c => new ReceiptComponent(NameOf(c.Code), c.Kind, c.Quantity))],
            InWords(d.Clock!.Rule),
            d.ReceivedAt,
            d.DueAt,
            $"{request.PublicAddress}/track/{d.Code}"
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
    private static async Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct)
    {
        var pdf = format switch
        {
            null => http.Request.Headers.Accept.ToString().Contains("application/pdf", StringComparison.OrdinalIgnoreCase),
            "pdf" => true,
            "json" => false,
            _ => throw InvalidRequestException.Query("format", "unknown-format", "Chỉ có json hoặc pdf.", "The formats are json and pdf."),
        };
        var form = await sender.Send(new PrintReceipt(id, $"{http.Request.Scheme}://{http.Request.Host}"), ct);
        return pdf
            ? new FileAnswer(ReceiptPdf.Draw(form), "application/pdf", form.DossierCode + ".pdf")
            : new ValueAnswer<ReceiptForm>(form);
    }
}
