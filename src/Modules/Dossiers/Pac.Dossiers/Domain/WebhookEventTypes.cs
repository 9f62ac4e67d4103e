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
        ["received"] = ("Hồ sơ được tiếp nhận", "A dossier was received"),
        ["accepted"] = ("Hồ sơ nộp trực tuyến được tiếp nhận", "A dossier submitted online was accepted"),
        ["rejected"] = ("Hồ sơ không được tiếp nhận", "A dossier was not accepted"),
        ["transferred"] = ("Hồ sơ được chuyển đến cơ quan có thẩm quyền", "A dossier was handed over to the competent agency"),
        ["assigned"] = ("Hồ sơ được phân công thụ lý", "An officer was put in charge of a dossier"),
        ["stepCompleted"] = ("Một bước xử lý hồ sơ đã xong", "A step of a dossier was completed"),
        ["settled"] = ("Hồ sơ đã xử lý xong", "A dossier was settled"),
        ["returned"] = ("Đã trả kết quả hồ sơ", "The result of a dossier was given back"),
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
