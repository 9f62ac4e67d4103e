using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Identity.Contracts;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 06: control slip (phiếu kiểm soát quá trình giải quyết hồ sơ).</summary>
/// <param name="Head">Whose dossier it is about.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Rows">The hand-overs in order.</param>
/// <param name="CooperatingAgencies">The agencies that were asked for their opinion, by name; empty when none was.</param>
internal sealed record ControlSlipForm(
    FormHead Head,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    IReadOnlyList<ControlSlipRow> Rows,
    IReadOnlyList<string> CooperatingAgencies
);

/// <summary>One hand-over.</summary>
/// <param name="Unit">The role or agency that had it in hand, as it is called.</param>
/// <param name="GivenBy">Who handed it over, by name; by id when it was no user.</param>
/// <param name="TakenAt">When it was taken over.</param>
/// <param name="GivenAt">When it was handed over; left out while it is in hand.</param>
/// <param name="DueAt">When the time allotted is used up.</param>
/// <param name="Result">How the hand-over lies to that.</param>
/// <param name="Note">Remark on the slip.</param>
internal sealed record ControlSlipRow(
    string Unit,
    string? GivenBy,
    DateTimeOffset TakenAt,
    DateTimeOffset? GivenAt,
    DateTimeOffset? DueAt,
    Timeliness? Result,
    string? Note
);

// Printing shows personal data in full, so it leaves an entry in the access log.
internal sealed record PrintControlSlip(Guid Id, string PublicAddress) : ICommand<ControlSlipForm>;

internal sealed class PrintControlSlipValidator : AbstractValidator<PrintControlSlip>
{
    public PrintControlSlipValidator() => RuleFor(c => c.PublicAddress).NotEmpty().MaximumLength(300);
}

internal sealed class PrintControlSlipHandler(
    FormMaterial material,
    ICatalogue catalogue,
    IRepository<Dossier> dossiers,
    IRepository<AgencyConsultation> consultations,
    ISender sender
) : IRequestHandler<PrintControlSlip, ControlSlipForm>
{
    public async Task<ControlSlipForm> Handle(PrintControlSlip request, CancellationToken ct)
    {
        var (d, _, head) = await material.Of(request.Id, "form-06", "KS", request.PublicAddress, ct);
        if (d.OnlySubmitted || d.Steps.Count == 0)
            throw MissingForm.ControlSlip(d);
        await dossiers.Save(ct);
        string[] givers = [.. d.Steps.Select(s => s.GivenBy).Concat(d.Turns.Select(t => t.GivenBy)).OfType<string>().Distinct()];
        var names = (await sender.Send(new GetDisplayNames(givers), ct)).ToDictionary(n => n.Subject, n => n.DisplayName);
        string? NameOf(string? giver) => giver is null ? null : names.GetValueOrDefault(giver, giver);
        var rows = d
            .Steps.Where(s => s.StartedAt is not null)
            .Select(s => new ControlSlipRow(
                WorkflowWords.Of(s.Role),
                NameOf(s.GivenBy),
                s.StartedAt!.Value,
                s.CompletedAt,
                s.DueAt,
                s.Result,
                s.Note
            ))
            .ToList();
        foreach (var t in d.Turns)
            rows.Add(new(await catalogue.NameOf(t.AgencyCode, ct), NameOf(t.GivenBy), t.From, t.To, t.DueAt, t.Result, t.Reason));
        List<string> cooperating = [];
        foreach (
            var agency in (await consultations.List(new AskedAbout(d.Id), ct)).OrderBy(c => c.Id.Value).Select(c => c.AgencyCode).Distinct()
        )
            cooperating.Add(await catalogue.NameOf(agency, ct));
        return new(head, d.ReceivedAt, d.DueAt, [.. rows.OrderBy(r => r.TakenAt)], cooperating);
    }
}

internal sealed class PrintControlSlipEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/forms/06", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<ControlSlipForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the control slip (form 06)</summary>
    /// <remarks>Gives every hand-over between steps and agencies, with whether it was early, on time or late, and the agencies that cooperate. As JSON, or as a PDF with a QR code when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(
            http,
            format,
            address => sender.Send(new PrintControlSlip(id, address), ct),
            Sheet,
            f => f.Head.Number.Replace('/', '-')
        );

    private static FormSheet Sheet(ControlSlipForm form) =>
        FormSheet.About(
            form.Head,
            "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
            [
                new FormField("Cơ quan phối hợp giải quyết", string.Join("; ", form.CooperatingAgencies)),
                new FormField("Thời gian nhận hồ sơ", FormSheet.Written(form.ReceivedAt)),
                new FormField("Thời hạn giải quyết", form.DueAt is { } due ? FormSheet.Written(due) : "Không hẹn ngày"),
                new FormGap(8),
                new FormTable(
                    ["Bộ phận, cơ quan", "Nhận lúc", "Giao lúc", "Người giao", "Kết quả", "Ghi chú"],
                    [
                        .. form.Rows.Select(r =>
                            (IReadOnlyList<string>)
                                [
                                    r.Unit,
                                    FormSheet.Written(r.TakenAt),
                                    r.GivenAt is { } given ? FormSheet.Written(given) : "",
                                    r.GivenBy ?? "",
                                    FormSheet.InWords(r.Result),
                                    r.Note ?? "",
                                ]
                        ),
                    ],
                    [17, 17, 17, 19, 12, 18]
                ),
            ],
            "BÊN GIAO",
            "BÊN NHẬN"
        );
}
