using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ExportLateDossiers(DateOnly From, DateOnly To, OnTimeRule Definition) : IQuery<Sheet>;

internal sealed class ExportLateDossiersHandler(DossiersDbContext db, LateDossierReader late, FigureReader figures)
    : IRequestHandler<ExportLateDossiers, Sheet>
{
    private const int Most = 20_000;

    private static readonly string[] Headings =
    [
        "Mã hồ sơ",
        "Thủ tục",
        "Lĩnh vực",
        "Cơ quan",
        "Tiếp nhận",
        "Hẹn trả",
        "Giải quyết xong",
        "Nguyên nhân quá hạn",
        "Thời gian của từng bộ phận",
        "Thời gian của từng cơ quan",
    ];

    public async Task<Sheet> Handle(ExportLateDossiers request, CancellationToken ct)
    {
        var (from, to, rule) = request;
        Period.Check(from, to);
        var rows = await late.Read((from, to), rule, null, Most + 1, ct);
        if (rows.Count > Most)
            throw InvalidRequestException.Query(
                "from",
                "too-many-rows",
                "Quá nhiều hồ sơ quá hạn; hãy rút ngắn khoảng thời gian.",
                "There are too many late dossiers; shorten the period."
            );
        var names = await db.NamesByDimension(ct);
        return new(
            "Hồ sơ quá hạn",
            Headings,
            [
                .. rows.Select(d =>
                    (IReadOnlyList<object?>)
                        [
                            d.Code,
                            Name("procedure", d.ProcedureCode),
                            Name("field", d.FieldCode),
                            Name("agency", d.AgencyCode),
                            At(d.ReceivedAt),
                            At(d.DueAt),
                            At(d.SettledAt),
                            d.LateCause ?? "",
                            string.Join(
                                "; ",
                                d.Shares.Select(s => Share(s.BodyCode is null ? s.Body : $"{s.Body} ({s.BodyCode})", s.Hours, s.Share))
                            ),
                            string.Join("; ", d.Agencies.Select(a => Share(Name("agency", a.AgencyCode), a.Hours, a.Share))),
                        ]
                ),
            ],
            Sheet.Of(from, to, await figures.Define(rule, to, ct))
        );

        string Name(string dimension, string code) => names.GetValueOrDefault((dimension, code), code);
    }

    private static string Share(string whose, decimal hours, Rate share) =>
        string.Create(CultureInfo.InvariantCulture, $"{whose}: {hours:0.00} giờ ({share.Percent ?? "0.00"} %)");

    private static string At(DateTimeOffset? at) => at?.ToLocal().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}

internal sealed class ExportLateDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/late-dossiers/export", Handle)
            .Requires(DossiersPermissions.Statistics)
            .AnswersFile(Sheet.Xlsx)
            .AnswersFile(Sheet.Csv);

    /// <summary>Export the late dossiers</summary>
    /// <remarks>Gives the late dossiers of a period under the definition asked for as XLSX or CSV, with cause and the share of the time that each body and each agency had them.</remarks>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    /// <param name="definition">By which definition on time is judged; by instant when left out.</param>
    /// <param name="format" example="csv">The form wanted: <c>xlsx</c>, which is taken when left out, or <c>csv</c>.</param>
    private static async Task<FileAnswer> Handle(
        DateOnly from,
        DateOnly to,
        ISender sender,
        CancellationToken ct,
        OnTimeRule? definition = null,
        string? format = null
    )
    {
        var (mediaType, extension) = Sheet.Form(format ?? "xlsx") ?? (Sheet.Xlsx, "xlsx");
        var sheet = await sender.Send(new ExportLateDossiers(from, to, definition ?? OnTimeRule.ByInstant), ct);
        return new(sheet.Write(mediaType), mediaType, $"ho-so-qua-han-{to:yyyyMMdd}.{extension}");
    }
}
