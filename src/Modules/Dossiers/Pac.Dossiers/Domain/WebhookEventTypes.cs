using System.Runtime.CompilerServices;

namespace Pac.Dossiers.Domain;

/// <summary>A type of event that can be subscribed to.</summary>
/// <param name="Name">Its name, <c>dossier.</c> and the word of the act.</param>
/// <param name="Vietnamese">What it tells, in Vietnamese.</param>
/// <param name="English">What it tells, in English.</param>
internal sealed record WebhookEventType(string Name, string Vietnamese, string English);

/// <summary>The types of events: one for every act on a dossier, found by themselves.</summary>
internal static class WebhookEventTypes
{
    public const string Test = "webhook.test";
    private const string Prefix = "dossier.";

    private static readonly Dictionary<string, (string Vietnamese, string English)> Told = new()
    {
        ["submitted"] = ("Hồ sơ được nộp trực tuyến", "A dossier was submitted online"),
        ["caseCorrected"] = ("Trường hợp của hồ sơ nộp trực tuyến được xác định lại", "The case of an online submission was corrected"),
        ["received"] = ("Hồ sơ được tiếp nhận", "A dossier was received"),
        ["statusReported"] = ("Hệ thống khác báo trạng thái hồ sơ", "Another system reported the status of a dossier"),
        ["statingHandedOver"] = ("Chuyển quyền xác lập trạng thái hồ sơ", "Another system states the status from now on"),
        ["rejected"] = ("Hồ sơ không được tiếp nhận", "A dossier was not accepted"),
        ["transferred"] = ("Hồ sơ được chuyển đến cơ quan có thẩm quyền", "A dossier was handed over to the competent agency"),
        ["assigned"] = ("Hồ sơ được phân công thụ lý", "An officer was put in charge of a dossier"),
        ["released"] = ("Hồ sơ trở lại hàng chờ của đơn vị", "Nobody is in charge of a dossier any more"),
        ["stepCompleted"] = ("Một bước xử lý hồ sơ đã xong", "A step of a dossier was completed"),
        ["consulted"] = ("Cơ quan khác được hỏi ý kiến", "Another agency was consulted"),
        ["opinionGiven"] = ("Cơ quan được hỏi đã trả lời", "The agency that was asked has answered"),
        ["consultationWithdrawn"] = ("Yêu cầu lấy ý kiến đã được rút", "A consultation was withdrawn"),
        ["settled"] = ("Hồ sơ đã xử lý xong", "A dossier was settled"),
        ["returned"] = ("Đã trả kết quả hồ sơ", "The result of a dossier was given back"),
        ["supplementRequested"] = ("Yêu cầu bổ sung giấy tờ", "Papers were asked for"),
        ["supplementApproved"] = ("Lãnh đạo cho phép yêu cầu bổ sung lần nữa", "A leader allowed a second request for papers"),
        ["returnedToOneStop"] = ("Cơ quan trả hồ sơ về Bộ phận Một cửa", "The agency returned a dossier to the one-stop section"),
        ["supplementSubmitted"] = ("Hồ sơ đã được bổ sung", "The papers asked for were handed in"),
        ["componentsHandedIn"] = ("Nhận thêm giấy tờ cho bước sau", "Papers for a later step were handed in"),
        ["supplementExpired"] = ("Hết thời hạn bổ sung, hồ sơ kết thúc", "The papers asked for did not come in time; the dossier ended"),
        ["paymentRequested"] = ("Yêu cầu thực hiện nghĩa vụ tài chính", "A payment was asked for"),
        ["paymentConfirmed"] = ("Đã xác nhận thanh toán", "A payment was confirmed"),
        ["paymentCancelled"] = ("Yêu cầu nộp đã được rút lại", "A demand for a payment was taken back"),
        ["paymentVoided"] = ("Khoản thu đã bị hủy", "A payment was voided"),
        ["feeExempted"] = ("Được miễn, giảm phí, lệ phí", "Somebody was freed from a fee"),
        ["refundRequested"] = ("Đề nghị hoàn trả phí, lệ phí", "A refund was asked for"),
        ["refundApproved"] = ("Đã duyệt hoàn trả phí, lệ phí", "A refund was approved"),
        ["refundRefused"] = ("Không chấp nhận hoàn trả", "A refund was refused"),
        ["refundPaid"] = ("Đã hoàn trả phí, lệ phí", "A refund was paid out"),
        ["extended"] = ("Xin lỗi và hẹn lại ngày trả kết quả", "A dossier was extended with an apology"),
        ["withdrawalRequested"] = ("Công dân yêu cầu rút hồ sơ", "The person asked for the dossier back"),
        ["withdrawalRefused"] = ("Không chấp nhận rút hồ sơ", "The withdrawal was refused"),
        ["withdrawn"] = ("Hồ sơ đã được rút", "A dossier was withdrawn"),
        ["stopped"] = ("Dừng giải quyết hồ sơ", "A dossier was stopped"),
        ["reopened"] = ("Hồ sơ được mở lại", "A dossier was opened again"),
        ["linked"] = ("Hồ sơ liên thông theo hồ sơ chính", "A dossier was linked to the one that leads it"),
        ["leadsLinked"] = ("Hồ sơ chính của các hồ sơ liên thông", "A dossier leads linked ones"),
        ["handedOver"] = ("Hồ sơ được chuyển sang cơ quan khác", "A dossier was handed over to another agency"),
        ["passedToSuccessor"] = ("Hồ sơ được bàn giao cho cơ quan kế thừa", "A dossier was passed to a successor agency"),
        ["passedToCentre"] = ("Hồ sơ được bàn giao cho trung tâm kế thừa", "A dossier was passed to a successor centre"),
        ["intakeOverdue"] = ("Quá hạn trả lời hồ sơ nộp trực tuyến", "The time to answer an online submission has passed"),
        ["overdue"] = ("Hồ sơ quá hạn", "The due time of a dossier has passed"),
        ["specialActApproved"] = (
            "Lãnh đạo phê duyệt mở lại hoặc chuyển phiên bản",
            "A leader approved a reopening or the move to another version"
        ),
        ["appointmentMoved"] = ("Ngày hẹn chung của hồ sơ liên thông thay đổi", "The one appointment of linked dossiers has moved"),
        ["movedToVersion"] = ("Hồ sơ chuyển sang phiên bản thủ tục khác", "A dossier was moved to another version of its procedure"),
        ["duplicateJudged"] = ("Đã kết luận về hồ sơ trùng", "It was decided whether two dossiers are the same"),
        ["synchronisationNoted"] = ("Đã ghi nhận kết quả đồng bộ", "The outcome of a synchronisation was noted"),
        ["dueTimeMoved"] = ("Ngày hẹn trả kết quả thay đổi", "The due time of a dossier has moved"),
    };

    public static IReadOnlyList<WebhookEventType> All { get; } =
    [
        .. typeof(IDossierAct)
            .Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IDossierAct)))
            // The word of an act belongs to its type and needs nothing that happened.
            .Select(t => ((IDossierAct)RuntimeHelpers.GetUninitializedObject(t)).Act)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(Describe),
    ];

    private static readonly HashSet<string> Names = [.. All.Select(t => t.Name)];

    public static string Of(string act) => Prefix + act;

    public static bool Knows(string name) => Names.Contains(name);

    private static WebhookEventType Describe(string act) =>
        Told.TryGetValue(act, out var told)
            ? new(Of(act), told.Vietnamese, told.English)
            : new(Of(act), $"Có việc mới trên hồ sơ: {act}", $"An act on a dossier: {act}");
}
