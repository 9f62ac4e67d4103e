using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Identity.Contracts;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 02: request to supplement the dossier (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ).</summary>
/// <param name="Head">Whose dossier it is about.</param>
/// <param name="Of">Which one: <c>correction</c> for that of the agency to the one-stop section, else the number of the request to the person, from 1.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="Items">What is asked for.</param>
/// <param name="RequestedAt">When it was asked.</param>
/// <param name="AnswerUntil">Until when the person may answer; left out of that of the agency.</param>
/// <param name="TellUntil">Until when the one-stop section has to tell the person; only in that of the agency.</param>
/// <param name="Contact">Whom to ask about it.</param>
internal sealed record SupplementForm(
    FormHead Head,
    string Of,
    string LegalBasis,
    IReadOnlyList<SupplementFormItem> Items,
    DateTimeOffset RequestedAt,
    DateTimeOffset? AnswerUntil,
    DateTimeOffset? TellUntil,
    FormContact Contact
);

/// <summary>A component as form 02 asks for it.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What is wrong with it or missing.</param>
internal sealed record SupplementFormItem(string Code, string Name, string Reason);

/// <summary>Whom to ask about a form.</summary>
/// <param name="Officer">Who asks, by name; left out when it was no user.</param>
/// <param name="Office">The centre or agency.</param>
/// <param name="Address">Where it is; left out of that of an agency.</param>
internal sealed record FormContact(string? Officer, string Office, string? Address);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintSupplementRequest(Guid Id, string PublicAddress, string? Of) : ICommand<SupplementForm>;

internal sealed class PrintSupplementRequestValidator : AbstractValidator<PrintSupplementRequest>
{
    public PrintSupplementRequestValidator()
    {
        RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Of).MaximumLength(20);
    }
}

internal sealed class PrintSupplementRequestHandler(
    FormMaterial material,
    PinnedProcedures procedures,
    IRepository<Dossier> dossiers,
    ISender sender
) : IRequestHandler<PrintSupplementRequest, SupplementForm>
{
    private const string OfAgency = "correction";

    public async Task<SupplementForm> Handle(PrintSupplementRequest request, CancellationToken ct)
    {
        var wanted = Wanted(request.Of);
        var (d, content, head) = await material.Of(request.Id, "form-02", "HDHS", request.PublicAddress, ct);
        var correction = request.Of == OfAgency || request.Of is null && d.AwaitsTelling;
        var by = correction ? Correction(d).By : Asked(d, wanted).RequestedBy;
        await dossiers.Save(ct);
        var officer = await sender.Send(new GetDisplayNames([by]), ct) is [var named, ..] ? named.DisplayName : null;
        var procedure = await procedures.ProcedureOf(d, ct);
        // What was asked for under an earlier version, before the dossier was moved, has its name from there.
        var known = content.Components.Concat(procedure.Versions.SelectMany(v => v.Content.Components)).ToLookup(c => c.Code, c => c.Name);
        IReadOnlyList<SupplementFormItem> Items(IReadOnlyList<SupplementItem> items) =>
            [.. items.Select(i => new SupplementFormItem(i.Code, known[i.Code].FirstOrDefault() ?? i.Code, i.Reason))];
        if (correction)
        {
            var c = Correction(d);
            var agency = new FormContact(officer, head.AgencyName, null);
            return new(
                head with
                {
                    Number = head.Number + "-MC",
                },
                OfAgency,
                c.LegalBasis,
                Items(c.Items),
                c.At,
                null,
                c.Tell.DueAt,
                agency
            );
        }
        var (s, number) = (Asked(d, wanted), wanted ?? d.Supplements.Count);
        return new(
            number == 1 ? head : head with { Number = string.Create(CultureInfo.InvariantCulture, $"{head.Number}-{number}") },
            number.ToString(CultureInfo.InvariantCulture),
            s.LegalBasis,
            Items(s.Items),
            s.RequestedAt,
            s.Answer.DueAt,
            null,
            new(officer, head.CentreName, head.CentreAddress)
        );
    }

    private static int? Wanted(string? of) =>
        of is null or OfAgency ? null
        : int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw InvalidRequestException.Query(
            "of",
            "unknown-request",
            "Chỉ có correction hoặc số thứ tự của lần yêu cầu, từ 1.",
            "It is correction or the number of a request, from 1."
        );

    private static Correction Correction(Dossier d) => d.Correction ?? throw MissingForm.Correction(d);

    private static Supplement Asked(Dossier d, int? number) =>
        d.Supplements.Count == 0 && number is null ? throw MissingForm.SupplementRequest(d)
        : number > d.Supplements.Count ? throw MissingForm.OneSupplementRequest(d, number.Value)
        : d.Supplements[(number ?? d.Supplements.Count) - 1];
}

internal sealed class PrintSupplementRequestEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/02", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<SupplementForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the request to supplement (form 02)</summary>
    /// <remarks>Gives what was asked for: by the agency, as long as the person has not been told of it, else by the last request to the person; or the one that is asked for. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    /// <param name="of" example="1">Which one: <c>correction</c> for that of the agency to the one-stop section, or the number of a request to the person, from 1.</param>
    private static Task<IResult> Handle(Guid id, string? format, string? of, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintSupplementRequest(id, address, of), ct),
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
                new FormField("Kính gửi", form.TellUntil is null ? form.Head.ApplicantName : $"Bộ phận Một cửa, {form.Head.CentreName}"),
                new FormLine("Để hoàn thiện hồ sơ, đề nghị bổ sung những nội dung sau:", true),
                .. Lines(form.Items),
                new FormGap(6),
                new FormField("Căn cứ", form.LegalBasis),
                new FormField("Thời điểm yêu cầu", FormSheet.Written(form.RequestedAt)),
                new FormField("Thời hạn bổ sung", form.AnswerUntil is { } answer ? FormSheet.Written(answer) : null),
                new FormField("Thời hạn thông báo cho người nộp hồ sơ", form.TellUntil is { } tell ? FormSheet.Written(tell) : null),
                new FormGap(6),
                new FormLine(
                    "Nếu có vướng mắc, xin liên hệ "
                        + string.Join(", ", new[] { form.Contact.Officer, form.Contact.Office, form.Contact.Address }.OfType<string>())
                        + ", số điện thoại ………………… để được hướng dẫn."
                ),
            ],
            form.TellUntil is null ? "NGƯỜI NỘP HỒ SƠ" : "BỘ PHẬN MỘT CỬA",
            form.TellUntil is null ? "NGƯỜI HƯỚNG DẪN" : "CƠ QUAN GIẢI QUYẾT HỒ SƠ"
        );
}
