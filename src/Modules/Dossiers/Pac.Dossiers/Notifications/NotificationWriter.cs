using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Mail;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Features;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Notifications;

/// <summary>A text with its gaps filled, all but the name of the person.</summary>
/// <param name="Template">The template; null when there is none.</param>
/// <param name="Values">What fills its gaps.</param>
/// <param name="Missing">What has to be set up first, as a word; null when nothing is missing.</param>
/// <param name="WishLink">Where the person says how he wants to be told.</param>
internal sealed record Written(
    NotificationTemplate? Template,
    IReadOnlyDictionary<string, string> Values,
    string? Missing,
    string? WishLink = null
);

/// <summary>Finds the words that were in force on the day of the act, and what fills their gaps.</summary>
internal sealed class NotificationWriter(
    DossiersDbContext db,
    PinnedProcedures procedures,
    CentreCalendars centres,
    IHolderKeys keys,
    OwnAddress address
)
{
    public async Task<Written> Write(Notification n, Dossier dossier, CancellationToken ct)
    {
        if (await Template(n, ct) is not { } template)
            return new(null, new Dictionary<string, string>(), "template-missing");
        var used = Gaps.In(template.Subject + " " + template.Body);
        var english = template.Language == TextLanguage.En;
        var names = await Names(dossier, english, ct);
        var centre = await centres.Find(dossier.ReturnCentreCode ?? dossier.CentreCode, 0, ct);
        var values = new Dictionary<string, string>
        {
            [Gaps.Code] = dossier.Code,
            ["procedure"] = names.Procedure,
            ["agency"] = names.Agency,
            ["centre"] = centre?.Name ?? "",
        };
        if (await Links(used, $"/track/{dossier.Code}", () => keys.Of(dossier.Id, ct), values))
            return new(template, values, "public-address-missing");
        await Facts(n.Facts, dossier, english, values, ct);
        var wish = await WishLink(dossier, ct);
        if (used.Contains(Gaps.WishLink))
            values[Gaps.WishLink] = wish ?? "";
        return new(template, values, used.Contains(Gaps.WishLink) && wish is null ? "public-address-missing" : null, wish);
    }

    public async Task<Written> Write(Notification n, Feedback feedback, CancellationToken ct)
    {
        if (await Template(n, ct) is not { } template)
            return new(null, new Dictionary<string, string>(), "template-missing");
        var values = new Dictionary<string, string> { [Gaps.FeedbackCode] = feedback.Code };
        if (Gaps.In(template.Subject + " " + template.Body).Contains(Gaps.Link))
        {
            if (address.Find() is not { } own)
                return new(template, values, "public-address-missing");
            values[Gaps.Link] = $"{own}/track/feedback/{feedback.Code}?key={await keys.Of(feedback.Id, ct)}";
        }
        return new(template, values, null);
    }

    // Every message says how to be told otherwise; the key opens that and nothing else.
    private async Task<string?> WishLink(Dossier dossier, CancellationToken ct) =>
        address.Find() is { } own ? $"{own}/track/{dossier.Code}/messages?key={await keys.OfMessages(dossier.Id, ct)}" : null;

    private async Task<NotificationTemplate?> Template(Notification n, CancellationToken ct)
    {
        var day = n.OccurredAt.LocalDay();
        // Where nobody has translated a text, the other language says more than nothing.
        return await db
            .NotificationTemplates.AsNoTracking()
            .Where(t => t.Kind == n.Kind && t.Channel == n.Channel && t.EffectiveFrom <= day)
            .OrderByDescending(t => t.Language == n.Language)
            .ThenByDescending(t => t.EffectiveFrom)
            .FirstOrDefaultAsync(ct);
    }

    private async Task<bool> Links(IReadOnlyList<string> used, string path, Func<ValueTask<string>> key, Dictionary<string, string> values)
    {
        if (!used.Contains(Gaps.Link) && !used.Contains(Gaps.RatingLink))
            return false;
        if (address.Find() is not { } own)
            return true;
        values[Gaps.Link] = own + path;
        if (used.Contains(Gaps.RatingLink))
            values[Gaps.RatingLink] = $"{own}{path}/rating?key={await key()}";
        return false;
    }

    private async Task<(string Procedure, string Agency)> Names(Dossier dossier, bool english, CancellationToken ct)
    {
        var found = await (
            from procedure in db.Procedures
            where procedure.Code == dossier.ProcedureCode
            from agency in db.Agencies
            where agency.Code == dossier.AgencyCode
            select new { Procedure = english ? procedure.NameEn : procedure.Name, Agency = english ? agency.NameEn : agency.Name }
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(ct);
        return (found?.Procedure ?? dossier.ProcedureCode, found?.Agency ?? dossier.AgencyCode);
    }

    private async Task Facts(
        NotificationFacts facts,
        Dossier dossier,
        bool english,
        Dictionary<string, string> values,
        CancellationToken ct
    )
    {
        Add("dueAt", At(facts.DueAt));
        Add("oldDueAt", At(facts.OldDueAt));
        Add("answerBy", At(facts.AnswerBy));
        Add("reason", facts.Cause is { } cause ? Because(cause, english) : facts.Reason);
        if (facts.AmountDong is { } amount)
            Add("amount", Amount(amount, english));
        if (facts.Granted is { } granted)
            Add(
                "decision",
                (granted, english) switch
                {
                    (true, true) => "granted",
                    (true, false) => "được chấp nhận",
                    (false, true) => "not granted",
                    _ => "không được chấp nhận",
                }
            );
        if (facts.Items is not { Count: > 0 } items)
            return;
        var content = await procedures.ContentOf(dossier, ct);
        var named = items.Select(i => (Name: NameOf(i.Code), i.Reason)).ToList();
        Add("items", string.Join(", ", named.Select(i => i.Name)));
        Add("details", string.Join('\n', named.Select(i => $"- {i.Name}: {i.Reason}")));

        string NameOf(string code) =>
            content.Components.FirstOrDefault(c => c.Code == code) is { } c ? (english ? c.NameEn : c.Name) : code;

        void Add(string gap, string? value)
        {
            if (value is not null)
                values[gap] = value;
        }
    }

    private static string Because(DueTimeCause cause, bool english) =>
        (cause, english) switch
        {
            (DueTimeCause.PapersComplete, true) => "the papers are complete and the time counts anew",
            (DueTimeCause.PapersComplete, _) => "đã nhận đủ giấy tờ bổ sung, thời gian giải quyết tính lại từ đầu",
            (DueTimeCause.Paid, true) => "the payment has arrived and the work goes on",
            (DueTimeCause.Paid, _) => "đã hoàn thành nghĩa vụ tài chính, hồ sơ được giải quyết tiếp",
            (DueTimeCause.Exempted, true) => "nothing more is to be paid and the work goes on",
            (DueTimeCause.Exempted, _) => "được miễn, giảm phí, lệ phí, hồ sơ được giải quyết tiếp",
            (DueTimeCause.Reopened, true) => "the dossier was opened again",
            (DueTimeCause.Reopened, _) => "hồ sơ được mở lại để giải quyết",
            (DueTimeCause.OtherVersion, true) => "another version of the procedure applies",
            (DueTimeCause.OtherVersion, _) => "áp dụng phiên bản khác của thủ tục",
            (DueTimeCause.Linked, true) => "it has one appointment with linked dossiers",
            (DueTimeCause.Linked, _) => "hẹn trả chung một ngày với hồ sơ liên thông",
            (_, true) => "working days have changed",
            _ => "lịch làm việc thay đổi",
        };

    private static string? At(DateTimeOffset? at) => at?.ToLocal().ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Amount(long dong, bool english)
    {
        var text = dong.ToString("#,##0", CultureInfo.InvariantCulture);
        return english ? text + " VND" : text.Replace(',', '.') + " đồng";
    }
}
