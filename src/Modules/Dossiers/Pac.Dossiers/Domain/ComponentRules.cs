using System.Globalization;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Whether what was handed in is what the published list asks for: in number, in form, and by the step at which it must be there.</summary>
internal static class ComponentRules
{
    /// <summary>
    /// Whether a paper is enough of what is asked for. A file has the value of the original and is printed as often as it is needed (Law
    /// 20/2023/QH15, art. 8 and 10); where a copy is asked for, the original will do as well.
    /// </summary>
    public static bool IsEnough(this RequiredComponent asked, CopyKind kind, int quantity) =>
        kind == CopyKind.Electronic
        || quantity >= asked.Quantity
            && (asked.Kind is null || asked.Kind == kind || (asked.Kind, kind) == (CopyKind.Copy, CopyKind.Original));

    /// <summary>What must be there by a step of the workflow and is not, or is too few or in another form.</summary>
    public static IReadOnlyList<RequiredComponent> LackingBy(
        this ProcedureContent content,
        int step,
        IReadOnlyList<DossierComponent> given,
        Channel channel
    ) =>
        [
            .. content.Components.Where(c =>
                c is { Required: true, FromSharedData: false }
                && (c.Step ?? 1) <= step
                && !given.Any(g => g.Code == c.Code && c.IsEnough(FormOf(c, g, channel), g.Quantity))
            ),
        ];

    /// <summary>Refuses what is too few or in another form than published.</summary>
    public static void CheckEnough(this ProcedureContent content, IReadOnlyList<DossierComponent> given, Channel channel)
    {
        var wrong = content
            .Components.Where(c =>
                c is { Required: true, FromSharedData: false }
                && given.Any(g => g.Code == c.Code && !c.IsEnough(FormOf(c, g, channel), g.Quantity))
            )
            .ToList();
        if (wrong.Count > 0)
            throw new BusinessRuleException(ComponentErrors.NotEnough.With(Written(wrong, false), Written(wrong, true)).At("/documents"));
    }

    /// <summary>Components with what is asked of each, as a refusal names them.</summary>
    public static string Written(IEnumerable<RequiredComponent> asked, bool english) =>
        string.Join(", ", asked.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Code}{Form(c, english)}")));

    // Whatever is handed in through the portal is a file, also where nobody says so. What comes later is as it is written down.
    private static CopyKind FormOf(RequiredComponent asked, DossierComponent given, Channel channel) =>
        channel == Channel.Online && (asked.Step ?? 1) == 1 ? CopyKind.Electronic : given.Kind;

    private static string Form(RequiredComponent c, bool english)
    {
        var kind = c.Kind switch
        {
            CopyKind.Original => english ? "original" : "bản chính",
            CopyKind.Copy => english ? "copy" : "bản sao",
            CopyKind.Electronic => english ? "electronic file" : "bản điện tử",
            _ => null,
        };
        return kind is null && c.Quantity == 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({c.Quantity} {kind ?? (english ? "sets" : "bộ")})");
    }
}

internal static class ComponentErrors
{
    public static readonly Error NotEnough = new(
        "dossiers.components-not-enough",
        ErrorKind.RuleBroken,
        "Chưa đủ số lượng hoặc chưa đúng hình thức theo danh mục đã công bố: {0}.",
        "Too few, or in another form than the published list asks for: {1}."
    );

    public static readonly Error StepLacks = new(
        "dossiers.step-components-missing",
        ErrorKind.WrongState,
        "Chưa thể kết thúc bước {2}: còn thiếu hoặc chưa đủ thành phần hồ sơ {0}; hãy tiếp nhận bằng “hand-in”.",
        "Step {2} cannot end: these components are missing or not enough: {1}. Take them in by “hand-in”."
    );

    public static readonly Error ThereAlready = new(
        "dossiers.component-there-already",
        ErrorKind.RuleBroken,
        "Thành phần {0} đã nộp đủ và quy trình không cần thêm; muốn yêu cầu bổ sung thì dùng phiếu yêu cầu bổ sung.",
        "The component {0} is there already and the workflow needs no more of it; to have it completed, ask for a supplement."
    );

    public static readonly Error Shared = new(
        "dossiers.component-from-shared-data",
        ErrorKind.RuleBroken,
        "Thành phần {0} được khai thác từ cơ sở dữ liệu dùng chung, không nhận bản giấy (Nghị định 118/2025/NĐ-CP, Điều 5).",
        "The component {0} comes from a shared database, so that no paper is taken (Decree 118/2025/NĐ-CP, art. 5)."
    );
}
