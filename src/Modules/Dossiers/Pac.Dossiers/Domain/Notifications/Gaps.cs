using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Notifications;

/// <summary>The gaps of templates, written <c>{code}</c>: which there are, what fills them, and how long the text becomes.</summary>
internal static partial class Gaps
{
    public const string Code = "code";
    public const string Name = "name";
    public const string Link = "link";
    public const string RatingLink = "ratingLink";
    public const string WishLink = "wishLink";
    public const string FeedbackCode = "feedbackCode";

    private const int MostSegments = 3;
    private static readonly string[] OfDossiers = [Code, Name, "procedure", "agency", "centre", Link, WishLink];

    private static readonly Dictionary<NotificationKind, string[]> More = new()
    {
        [NotificationKind.Received] = ["dueAt"],
        [NotificationKind.SupplementRequested] = ["items", "details", "answerBy"],
        [NotificationKind.AnswerTimeMoved] = ["items", "answerBy"],
        [NotificationKind.DueTimeMoved] = ["dueAt", "oldDueAt", "reason"],
        [NotificationKind.DueTimeSet] = ["dueAt", "oldDueAt", "reason"],
        [NotificationKind.Extended] = ["dueAt", "oldDueAt", "reason"],
        [NotificationKind.ReturnPlaceMoved] = ["reason"],
        [NotificationKind.PaymentDemanded] = ["amount", "reason"],
        [NotificationKind.Refused] = ["reason"],
        [NotificationKind.Stopped] = ["reason"],
        [NotificationKind.WithdrawalDecided] = ["decision", "reason"],
        [NotificationKind.RatingInvitation] = [RatingLink],
    };

    /// <summary>The gaps that a text of a kind may have. The name of the person stands in letters only.</summary>
    public static IReadOnlyList<string> Of(NotificationKind kind, NotificationChannel channel) =>
        IsOfFeedback(kind)
            ? [FeedbackCode, Link]
            : [.. OfDossiers.Where(g => g != Name || channel == NotificationChannel.Email), .. More.GetValueOrDefault(kind, [])];

    /// <summary>Whether it is about feedback rather than a dossier.</summary>
    public static bool IsOfFeedback(NotificationKind kind) =>
        kind is NotificationKind.FeedbackAnswered or NotificationKind.FeedbackQuestion or NotificationKind.FeedbackRefused;

    /// <summary>The gaps that a text has.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Gap().Matches(text).Select(m => m.Groups[1].Value).Distinct()];

    /// <summary>Fills the gaps; what nothing is known for becomes empty. The name of the person stays open, see <see cref="Named"/>.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Gap()
            .Replace(
                text,
                m =>
                    values.TryGetValue(m.Groups[1].Value, out var value) ? value
                    : m.Groups[1].Value == Name ? m.Value
                    : ""
            );

    /// <summary>Fills in the name of the person.</summary>
    public static string Named(string text, string name) => text.Replace("{" + Name + "}", name, StringComparison.Ordinal);

    /// <summary>A text in which the keys of links are hidden.</summary>
    public static string WithoutKeys(string text) => Key().Replace(text, "key=…");

    /// <summary>Refuses a text with a gap that nothing fills, without the code, with what looks like an identity number, or too long.</summary>
    public static void Check(string text, TemplateUse use, string pointer, bool isSubject)
    {
        var known = Of(use.Kind, use.Channel);
        if (In(text).FirstOrDefault(g => !known.Contains(g)) is { } unknown)
            throw new BusinessRuleException(NotificationErrors.UnknownGap.With(unknown, string.Join(", ", known)).At(pointer));
        if (Gap().Replace(text, "").IndexOfAny(['{', '}']) >= 0)
            throw new BusinessRuleException(NotificationErrors.OpenBrace.At(pointer));
        if (Number().IsMatch(text))
            throw new BusinessRuleException(NotificationErrors.LooksPersonal.At(pointer));
        if (isSubject)
            return;
        var needed = IsOfFeedback(use.Kind) ? FeedbackCode : Code;
        if (!In(text).Contains(needed))
            throw new BusinessRuleException(NotificationErrors.CodeMissing.With(needed).At(pointer));
        if (use.Channel == NotificationChannel.Sms && Segments(Plain(Fill(text, Samples(use.Language)))) is var parts and > MostSegments)
            throw new BusinessRuleException(NotificationErrors.TooLong.With(parts, MostSegments).At(pointer));
    }

    /// <summary>What fills the gaps of a preview.</summary>
    public static IReadOnlyDictionary<string, string> Samples(TextLanguage language)
    {
        var english = language == TextLanguage.En;
        return new Dictionary<string, string>
        {
            [Code] = "H15.09-261124-0012",
            [Name] = "Nguyễn Văn A",
            ["procedure"] = english ? "Renewal of a driving licence" : "Đổi giấy phép lái xe",
            ["agency"] = english ? "Provincial Police" : "Công an tỉnh",
            ["centre"] = english ? "Provincial centre" : "Trung tâm Phục vụ hành chính công tỉnh",
            [Link] = "https://pac.example/track/H15.09-261124-0012",
            [RatingLink] = "https://pac.example/track/H15.09-261124-0012/rating?key=abcdefghijklmnop",
            [FeedbackCode] = "PAKN-261124-0007",
            ["dueAt"] = "17:00 01/12/2026",
            ["oldDueAt"] = "17:00 30/11/2026",
            ["answerBy"] = "17:00 15/12/2026",
            ["items"] = english ? "Driving licence" : "Giấy phép lái xe",
            ["details"] = english ? "- Driving licence: the copy cannot be read" : "- Giấy phép lái xe: bản sao không đọc được",
            ["amount"] = english ? "135,000 VND" : "135.000 đồng",
            ["reason"] = english ? "The documents need to be verified" : "Cần xác minh giấy tờ",
            ["decision"] = english ? "granted" : "được chấp nhận",
        };
    }

    /// <summary>A text as gateways carry it at the least price: without diacritics.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Replace('đ', 'd').Replace('Đ', 'D').Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c);
        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>In how many parts a short message is sent: 160 letters of the common alphabet or 70 of any, 153 or 67 when there are more (3GPP TS 23.038, 23.040).</summary>
    public static int Segments(string text)
    {
        var (one, each) = text.All(c => c < 128 && c is not ('`' or '\t')) ? (160, 153) : (70, 67);
        return text.Length <= one ? 1 : (text.Length + each - 1) / each;
    }

    [GeneratedRegex("\\{([A-Za-z]+)\\}")]
    private static partial Regex Gap();

    [GeneratedRegex("key=[A-Za-z0-9_-]+")]
    private static partial Regex Key();

    // Identity numbers have nine or twelve digits.
    [GeneratedRegex("(?<![0-9])([0-9]{9}|[0-9]{12})(?![0-9])")]
    private static partial Regex Number();
}
