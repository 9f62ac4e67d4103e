using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>The form that a person takes home when nothing is received: form 02 or form 03.</summary>
/// <param name="Form" example="02">Which form it is.</param>
/// <param name="Number" example="2026/000123/HDHS">Its number.</param>
/// <param name="CentreName">The centre.</param>
/// <param name="CentreAddress">Where it is.</param>
/// <param name="PersonName">Who came.</param>
/// <param name="PersonAddress">Postal address.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name.</param>
/// <param name="AgencyName">The agency that would be competent.</param>
/// <param name="Items">What is missing or wrong.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="AnsweredAt">When.</param>
internal sealed record CounterForm(
    string Form,
    string Number,
    string CentreName,
    string CentreAddress,
    string PersonName,
    string? PersonAddress,
    string ProcedureCode,
    string ProcedureName,
    string AgencyName,
    IReadOnlyList<SupplementFormItem> Items,
    string? Reason,
    string LegalBasis,
    DateTimeOffset AnsweredAt
);

// Printing shows personal data in full, so it leaves an entry in the audit trail.
internal sealed record PrintCounterAnswer(Guid Id) : ICommand<CounterForm>;

internal sealed class PrintCounterAnswerHandler(
    IRepository<CounterAnswer> answers,
    ICatalogue catalogue,
    CentreCalendars centres,
    IAccessLog access
) : IRequestHandler<PrintCounterAnswer, CounterForm>
{
    public async Task<CounterForm> Handle(PrintCounterAnswer request, CancellationToken ct)
    {
        var answer = await answers.Get(new CounterAnswerWithId(new(request.Id)), ct);
        var procedure = await catalogue.Refresh(answer.ProcedureCode, ct);
        var content = procedure!.Versions.Single(v => v.Number == answer.ProcedureVersion).Content.For(answer.VariantCode);
        var centre = await centres.Find(answer.CentreCode, 0, ct);
        var form = answer.Kind == CounterAnswerKind.Refusal ? "03" : "02";
        access.RecordCounterAnswer(answer.Id, "form-" + form);
        await answers.Save(ct);
        var names = content.Components.ToDictionary(c => c.Code, c => c.Name);
        return new(
            form,
            answer.Number,
            centre!.Name,
            centre.Address,
            answer.Person.Name,
            answer.Person.Address,
            answer.ProcedureCode,
            content.Name,
            await catalogue.NameOf(answer.AgencyCode, ct),
            [.. answer.Lacking.Select(i => new SupplementFormItem(i.Code, names[i.Code], i.Reason))],
            answer.Reason,
            answer.LegalBasis,
            answer.AnsweredAt
        );
    }
}

internal sealed class PrintCounterAnswerEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/counter-answers/{id}/form", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<CounterForm>(StatusCodes.Status200OK, "application/json", "application/pdf");

    /// <summary>Print the answer of a counter (form 02 or 03)</summary>
    /// <remarks>Gives what the person takes home when nothing was received. As JSON, or as a PDF when <c>format</c> is <c>pdf</c> or <c>Accept</c> asks for it.</remarks>
    /// <param name="id">Identifier of the answer.</param>
    /// <param name="format">The form wanted: <c>json</c> or <c>pdf</c>.</param>
    private static Task<IResult> Handle(Guid id, string? format, HttpContext http, ISender sender, CancellationToken ct) =>
        PrintReceiptEndpoint.Answer(http, format, _ => sender.Send(new PrintCounterAnswer(id), ct), Sheet, f => f.Number.Replace('/', '-'));

    private static FormSheet Sheet(CounterForm form) =>
        new(
            form.Form == "03" ? "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ" : "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            form.CentreName,
            form.CentreAddress,
            form.Number,
            null,
            null,
            [
                new FormField("Tổ chức, cá nhân nộp hồ sơ", form.PersonName),
                new FormField("Địa chỉ", form.PersonAddress),
                new FormField("Thủ tục", $"{form.ProcedureName} ({form.ProcedureCode})"),
                new FormField("Cơ quan giải quyết", form.AgencyName),
                new FormGap(6),
                .. What(form),
                new FormGap(6),
                new FormField("Căn cứ", form.LegalBasis),
                new FormField("Thời điểm", FormSheet.Written(form.AnsweredAt)),
            ],
            "NGƯỜI NỘP HỒ SƠ",
            form.Form == "03" ? "NGƯỜI TIẾP NHẬN HỒ SƠ" : "NGƯỜI HƯỚNG DẪN"
        );

    private static IEnumerable<FormPart> What(CounterForm form) =>
        form.Reason is { } reason
            ? [new FormLine("Không tiếp nhận hồ sơ với lý do cụ thể như sau:", true), new FormLine(reason, false, 12)]
            :
            [
                new FormLine("Để hoàn thiện hồ sơ, đề nghị bổ sung những nội dung sau:", true),
                .. PrintSupplementRequestEndpoint.Lines(form.Items),
            ];
}
