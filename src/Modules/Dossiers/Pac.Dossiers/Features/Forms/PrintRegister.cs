using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Form 07: register of dossiers (sổ theo dõi hồ sơ).</summary>
/// <param name="From">First day of reception.</param>
/// <param name="To">Last day of reception.</param>
/// <param name="Lines">The dossiers, in the order of their reception.</param>
internal sealed record RegisterForm(DateOnly From, DateOnly To, IReadOnlyList<RegisterLine> Lines);

/// <summary>One dossier in the register.</summary>
/// <param name="Serial">Place in the register, from 1.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name.</param>
/// <param name="Sets">How many sets were handed in; left out when that is not known.</param>
/// <param name="ApplicantName">Who applies.</param>
/// <param name="ApplicantAddress">Postal address.</param>
/// <param name="ApplicantPhone">Telephone.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="AgencyName">Its name.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="ReturnedAt">When the result was returned.</param>
/// <param name="ReturnMethod">How it was returned.</param>
/// <param name="Note">Why it was late.</param>
internal sealed record RegisterLine(
    int Serial,
    string DossierCode,
    string ProcedureCode,
    string ProcedureName,
    int? Sets,
    string ApplicantName,
    string? ApplicantAddress,
    string? ApplicantPhone,
    string AgencyCode,
    string AgencyName,
    Channel Channel,
    DossierStatus Status,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    ReturnMethod? ReturnMethod,
    string? Note
)
{
    public static RegisterLine Of(RegisterRow r, int serial) =>
        new(
            serial,
            r.Code,
            r.ProcedureCode,
            r.ProcedureName,
            DossierComponent.Sets(r.Documents),
            r.ApplicantName,
            r.Address,
            r.Phone,
            r.AgencyCode,
            r.AgencyName,
            r.Channel,
            r.Status,
            r.ReceivedAt,
            r.DueAt,
            r.SettledAt,
            r.ReturnedAt,
            r.ReturnMethod,
            r.Note
        );
}

// The register shows personal data in full, so that it was printed stands in the audit trail.
internal sealed record PrintRegister(DateOnly From, DateOnly To, string? CentreCode) : ICommand<RegisterForm>;

internal sealed class PrintRegisterValidator : AbstractValidator<PrintRegister>
{
    public PrintRegisterValidator() => RuleFor(c => c.CentreCode).MaximumLength(40);
}

internal sealed class PrintRegisterHandler(IDossierRegister register, IRepository<Dossier> dossiers)
    : IRequestHandler<PrintRegister, RegisterForm>
{
    private const int Longest = 93;
    private const int Most = 20_000;

    public async Task<RegisterForm> Handle(PrintRegister request, CancellationToken ct)
    {
        if (
            request.From > request.To
            || request.To.DayNumber - request.From.DayNumber >= Longest
            || request.From.Year < 2000
            || request.To.Year > 2999
        )
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Sổ theo dõi in tối đa 93 ngày; kỳ dài hơn thì kết xuất bảng tính (format=xlsx).",
                "The register is printed for at most 93 days; take the spreadsheet (format=xlsx) for a longer period."
            );
        var rows = await register.Read(request.From, request.To, request.CentreCode, Most + 1, ct);
        if (rows.Count > Most)
            throw InvalidRequestException.Query(
                "from",
                "too-many-rows",
                "Có hơn 20.000 hồ sơ; hãy kết xuất bảng tính (format=xlsx) hoặc rút ngắn khoảng thời gian.",
                "There are more than 20,000 dossiers; take the spreadsheet (format=xlsx) or shorten the period."
            );
        register.NotePrinted(request.From, request.To, rows.Count);
        await dossiers.Save(ct);
        return new(request.From, request.To, [.. rows.Select((r, i) => RegisterLine.Of(r, i + 1))]);
    }
}

internal sealed class PrintRegisterEndpoint : IEndpoint
{
    private static readonly string[] Headings =
    [
        "STT",
        "Mã hồ sơ",
        "Mã thủ tục",
        "Tên thủ tục",
        "Số bộ",
        "Họ tên",
        "Địa chỉ",
        "Số điện thoại",
        "Mã cơ quan giải quyết",
        "Cơ quan giải quyết",
        "Ngày nhận",
        "Ngày hẹn trả",
        "Ngày giải quyết xong",
        "Ngày trả kết quả",
        "Phương thức trả",
        "Ký nhận",
        "Ghi chú",
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-register", Handle)
            .Requires(DossiersPermissions.ReadPersonal)
            .Produces<RegisterForm>(StatusCodes.Status200OK, "application/json", "application/pdf", TableWriter.Xlsx);

    /// <summary>Print the register (form 07)</summary>
    /// <remarks>Gives what was received in a period that the caller may see, numbered through: as JSON or as a PDF, of at most 93 days and 20,000 dossiers, or as a spreadsheet for <c>format=xlsx</c>, of at most 366 days and any number.</remarks>
    /// <param name="from">First day of reception.</param>
    /// <param name="to">Last day of reception.</param>
    /// <param name="centreCode">Only this centre.</param>
    /// <param name="format">The form wanted: <c>json</c>, <c>pdf</c> or <c>xlsx</c>.</param>
    private static async Task<IResult> Handle(
        DateOnly from,
        DateOnly to,
        string? centreCode,
        string? format,
        HttpContext http,
        ISender sender,
        CancellationToken ct
    )
    {
        if (format is not (null or "json" or "pdf" or "xlsx"))
            throw InvalidRequestException.Query(
                "format",
                "unknown-format",
                "Chỉ có json, pdf hoặc xlsx.",
                "The formats are json, pdf and xlsx."
            );
        var name = string.Create(CultureInfo.InvariantCulture, $"so-theo-doi-{from:yyyyMMdd}-{to:yyyyMMdd}");
        if (format == "xlsx")
        {
            var lines = await sender.Send(new ExportRegister(from, to, centreCode), ct);
            http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
            return TypedResults.Stream(body => Write(lines, body, ct), TableWriter.Xlsx, name + ".xlsx");
        }
        var form = await sender.Send(new PrintRegister(from, to, centreCode), ct);
        return format == "pdf" ? new FileAnswer(Sheet(form).Draw(), "application/pdf", name + ".pdf") : new ValueAnswer<RegisterForm>(form);
    }

    private static async Task Write(IAsyncEnumerable<RegisterLine> lines, Stream body, CancellationToken ct)
    {
        var table = await TableWriter.Open(TableFormat.Xlsx, body, "Sổ theo dõi hồ sơ", Headings, ct);
        await foreach (var line in lines.WithCancellation(ct))
            await table.Write(Row(line), ct);
        await table.Complete(ct);
    }

    private static object?[] Row(RegisterLine l) =>
        [
            l.Serial,
            l.DossierCode,
            l.ProcedureCode,
            l.ProcedureName,
            l.Sets,
            l.ApplicantName,
            l.ApplicantAddress,
            l.ApplicantPhone,
            l.AgencyCode,
            l.AgencyName,
            Written(l.ReceivedAt),
            Written(l.DueAt),
            Written(l.SettledAt),
            Written(l.ReturnedAt),
            InWords(l.ReturnMethod),
            null,
            l.Note,
        ];

    private static FormSheet Sheet(RegisterForm form) =>
        new(
            "SỔ THEO DÕI HỒ SƠ",
            "Trung tâm Phục vụ hành chính công",
            string.Create(CultureInfo.InvariantCulture, $"Từ {form.From:dd/MM/yyyy} đến {form.To:dd/MM/yyyy}"),
            null,
            null,
            null,
            [
                new FormTable(
                    [
                        "STT",
                        "Mã hồ sơ",
                        "Thủ tục",
                        "Số bộ",
                        "Họ tên, địa chỉ, điện thoại",
                        "Cơ quan giải quyết",
                        "Nhận",
                        "Hẹn trả",
                        "Trả",
                        "Phương thức trả",
                        "Ký nhận",
                        "Ghi chú",
                    ],
                    [
                        .. form.Lines.Select(l =>
                            (IReadOnlyList<string>)
                                [
                                    l.Serial.ToString(CultureInfo.InvariantCulture),
                                    l.DossierCode,
                                    $"{l.ProcedureName} ({l.ProcedureCode})",
                                    l.Sets?.ToString(CultureInfo.InvariantCulture) ?? "",
                                    string.Join(", ", new[] { l.ApplicantName, l.ApplicantAddress, l.ApplicantPhone }.OfType<string>()),
                                    l.AgencyName,
                                    Written(l.ReceivedAt),
                                    Written(l.DueAt),
                                    Written(l.ReturnedAt),
                                    InWords(l.ReturnMethod),
                                    "",
                                    l.Note ?? "",
                                ]
                        ),
                    ],
                    [4, 14, 12, 4, 13, 8, 8, 8, 8, 6, 7, 8]
                ),
            ],
            "NGƯỜI LẬP SỔ",
            "GIÁM ĐỐC"
        )
        {
            IsWide = true,
        };

    private static string Written(DateTimeOffset? at) => at?.ToLocal().ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";

    private static string InWords(ReturnMethod? method) =>
        method switch
        {
            ReturnMethod.Counter => "Trực tiếp",
            ReturnMethod.Online => "Trực tuyến",
            ReturnMethod.Post => "Bưu chính",
            _ => "",
        };
}
