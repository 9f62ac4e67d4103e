using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 02: request to supplement the dossier (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ).</summary>
/// <param name="Head">Whose dossier it is about.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="Items">What is asked for.</param>
/// <param name="RequestedAt">When it was asked.</param>
/// <param name="AnswerUntil">Until when the person may answer.</param>
internal sealed record SupplementForm(
    FormHead Head,
    string LegalBasis,
    IReadOnlyList<SupplementFormItem> Items,
    DateTimeOffset RequestedAt,
    DateTimeOffset AnswerUntil
);

/// <summary>A component as form 02 asks for it.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What is wrong with it or missing.</param>
internal sealed record SupplementFormItem(string Code, string Name, string Reason);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintSupplementRequest(Guid Id, string PublicAddress) : ICommand<SupplementForm>;

internal sealed class PrintSupplementRequestValidator : AbstractValidator<PrintSupplementRequest>
{
    public PrintSupplementRequestValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintSupplementRequestHandler(FormMaterial material, IRepository<Dossier> dossiers)
    : IRequestHandler<PrintSupplementRequest, SupplementForm>
{
    public async Task<SupplementForm> Handle(PrintSupplementRequest request, CancellationToken ct)
    {
        var (d, content, head) = await material.Of(request.Id, "form-02", "HDHS", request.PublicAddress, ct);
        if (d.Supplements is not [.., var s])
            throw new NotFoundException("form");
        await dossiers.Save(ct);
        var names = content.Components.ToDictionary(c => c.Code, c => c.Name);
        return new(
            head,
            s.LegalBasis,
            [.. s.Items.Select(i => new SupplementFormItem(i.Code, names[i.Code], i.Reason))],
            s.RequestedAt,
            s.Answer.DueAt
        );
    }
}

internal sealed class PrintSupplementRequestEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/02", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<SupplementForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the request to supplement (form 02)</summary>
    /// <remarks>Gives the last request with everything that was asked for. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintSupplementRequest(id, address), ct),
            Sheet,
            f => f.Head.Number.Replace('/', '-')
        );

    /// <summary>What is asked for, numbered, with the reason of each.</summary>
    internal static IEnumerable<FormPart> Lines(IReadOnlyList<SupplementFormItem> items) =>
        items.SelectMany(
            (item, i) =>
                new FormPart[] { new FormLine($"{i + 1}. {item.Name}", false, 12), new FormLine($"Lý do: {item.Reason}", false, 24) }
        );

    private static FormSheet Sheet(SupplementForm form) =>
        FormSheet.About(
            form.Head,
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            [
                new FormLine("Để hoàn thiện hồ sơ, đề nghị bổ sung những nội dung sau:", true),
                .. Lines(form.Items),
                new FormGap(6),
                new FormField("Căn cứ", form.LegalBasis),
                new FormField("Thời điểm yêu cầu", FormSheet.Written(form.RequestedAt)),
                new FormField("Thời hạn bổ sung", FormSheet.Written(form.AnswerUntil)),
            ],
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI HƯỚNG DẪN"
        );
}
