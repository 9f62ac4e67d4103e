using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 03: refusal to receive or settle (phiếu từ chối tiếp nhận, giải quyết hồ sơ).</summary>
/// <param name="Head">Whose dossier it is about.</param>
/// <param name="Reason">Why.</param>
/// <param name="LegalBasis">The law, or the document, it rests on.</param>
/// <param name="AtIntake">Whether it was not even received.</param>
/// <param name="At">When it was refused.</param>
internal sealed record RefusalForm(FormHead Head, string Reason, string LegalBasis, bool AtIntake, DateTimeOffset At);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintRefusal(Guid Id, string PublicAddress) : ICommand<RefusalForm>;

internal sealed class PrintRefusalValidator : AbstractValidator<PrintRefusal>
{
    public PrintRefusalValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintRefusalHandler(FormMaterial material, IRepository<Dossier> dossiers) : IRequestHandler<PrintRefusal, RefusalForm>
{
    public async Task<RefusalForm> Handle(PrintRefusal request, CancellationToken ct)
    {
        var (d, _, head) = await material.Of(request.Id, "form-03", "TC", request.PublicAddress, ct);
        var (reason, basis) = d switch
        {
            { Status: DossierStatus.Rejected, Closing: { } c } => (c.Reason, c.LegalBasis),
            { Result: { Reason: { } why } document } => (why, $"{document.Number}, {document.Date:dd/MM/yyyy}, {document.Signer}"),
            _ => throw MissingForm.Refusal(d),
        };
        await dossiers.Save(ct);
        return new(head, reason, basis, d.Status == DossierStatus.Rejected, d.SettledAt!.Value);
    }
}

internal sealed class PrintRefusalEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/03", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<RefusalForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the refusal (form 03)</summary>
    /// <remarks>Gives why the dossier was not received, or why its request was refused. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintRefusal(id, address), ct),
            Sheet,
            f => f.Head.Number.Replace('/', '-')
        );

    private static FormSheet Sheet(RefusalForm form) =>
        FormSheet.About(
            form.Head,
            "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
            [
                new FormLine(
                    form.AtIntake
                        ? "Không tiếp nhận hồ sơ với lý do cụ thể như sau:"
                        : "Từ chối giải quyết hồ sơ với lý do cụ thể như sau:",
                    true
                ),
                new FormLine(form.Reason, false, 12),
                new FormGap(6),
                new FormField("Căn cứ", form.LegalBasis),
                new FormField("Thời điểm", FormSheet.Written(form.At)),
            ],
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ"
        );
}
