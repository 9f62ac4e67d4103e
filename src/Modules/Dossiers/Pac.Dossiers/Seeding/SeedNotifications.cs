using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>The first texts of notifications; administrators add later ones. Short messages name the code and nothing of the person.</summary>
internal sealed class SeedNotifications(DossiersDbContext db, TimeProvider clock) : ISeed
{
    private static readonly DateOnly InForce = new(2025, 7, 1);

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        var known = (
            await db
                .NotificationTemplates.Select(t => new
                {
                    t.Kind,
                    t.Channel,
                    t.Language,
                })
                .ToListAsync(ct)
        ).Select(t => new TemplateUse(t.Kind, t.Channel, t.Language)).ToHashSet();
        foreach (var (use, subject, body) in Texts().Where(t => !known.Contains(t.Use)))
            db.NotificationTemplates.Add(NotificationTemplate.Write(use, InForce, subject, body, null, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private static IEnumerable<(TemplateUse Use, string? Subject, string Body)> Texts()
    {
        foreach (var text in All())
        {
            yield return (new(text.Kind, NotificationChannel.Email, TextLanguage.Vi), text.Subject, LetterVi(text.Kind, text.Letter));
            yield return (new(text.Kind, NotificationChannel.Email, TextLanguage.En), text.SubjectEn, LetterEn(text.Kind, text.LetterEn));
            foreach (var channel in new[] { NotificationChannel.Sms, NotificationChannel.Zalo })
            {
                yield return (new(text.Kind, channel, TextLanguage.Vi), null, text.Short);
                yield return (new(text.Kind, channel, TextLanguage.En), null, text.ShortEn);
            }
        }
    }

    private static string LetterVi(NotificationKind kind, string words) =>
        Gaps.IsOfFeedback(kind)
            ? $"Kính gửi ông/bà,\n\n{words}\n\nTrân trọng."
            : $"Kính gửi {{name}},\n\n{words}\n\nHồ sơ: {{code}}\nThủ tục: {{procedure}}\nCơ quan giải quyết: {{agency}}\nTra cứu: {{link}}\n\nTrân trọng,\n{{centre}}";

    private static string LetterEn(NotificationKind kind, string words) =>
        Gaps.IsOfFeedback(kind)
            ? $"Dear Sir or Madam,\n\n{words}\n\nYours sincerely."
            : $"Dear {{name}},\n\n{words}\n\nDossier: {{code}}\nProcedure: {{procedure}}\nCompetent agency: {{agency}}\nFollow it at: {{link}}\n\nYours sincerely,\n{{centre}}";

    private sealed record Text(
        NotificationKind Kind,
        string Subject,
        string SubjectEn,
        string Letter,
        string LetterEn,
        string Short,
        string ShortEn
    );

    private static IEnumerable<Text> All() =>
        [
            new(
                NotificationKind.Received,
                "Đã tiếp nhận hồ sơ {code}",
                "Dossier {code} was received",
                "Hồ sơ của ông/bà đã được tiếp nhận. Ngày hẹn trả kết quả: {dueAt}.",
                "Your dossier was received. The result is due on {dueAt}.",
                "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {dueAt}. Tra cuu: {link}",
                "Dossier {code} was received. Result due: {dueAt}. Follow it: {link}"
            ),
            new(
                NotificationKind.SupplementRequested,
                "Hồ sơ {code} cần bổ sung giấy tờ",
                "Papers are missing for dossier {code}",
                "Hồ sơ của ông/bà cần được bổ sung một lần các giấy tờ sau, chậm nhất {answerBy}:\n{details}\n\nSau thời hạn này hồ sơ sẽ kết thúc.",
                "Please hand in the following papers, all at once, by {answerBy}:\n{details}\n\nAfter that time the dossier will be closed.",
                "Ho so {code} can bo sung: {items}. Han: {answerBy}. Chi tiet: {link}",
                "Dossier {code} needs: {items}. By: {answerBy}. Details: {link}"
            ),
            new(
                NotificationKind.AnswerTimeMoved,
                "Thay đổi hạn bổ sung hồ sơ {code}",
                "New time for the papers of dossier {code}",
                "Do lịch làm việc thay đổi, hạn bổ sung giấy tờ ({items}) mới là {answerBy}.",
                "Because working days have changed, the papers ({items}) may be handed in until {answerBy}.",
                "Ho so {code}: han bo sung giay to moi la {answerBy}. Chi tiet: {link}",
                "Dossier {code}: papers may now be handed in until {answerBy}. Details: {link}"
            ),
            new(
                NotificationKind.DueTimeMoved,
                "Thay đổi ngày hẹn trả kết quả hồ sơ {code}",
                "New date for the result of dossier {code}",
                "Do lịch làm việc thay đổi ({reason}), ngày hẹn trả kết quả chuyển từ {oldDueAt} sang {dueAt}. Mong ông/bà thông cảm.",
                "Because working days have changed ({reason}), the result is due on {dueAt} instead of {oldDueAt}. We ask for your understanding.",
                "Ho so {code}: do thay doi lich lam viec, ngay tra ket qua moi la {dueAt}. Tra cuu: {link}",
                "Dossier {code}: working days have changed, the result is now due {dueAt}. Follow it: {link}"
            ),
            new(
                NotificationKind.DueTimeSet,
                "Ngày hẹn trả kết quả mới của hồ sơ {code}",
                "The date for the result of dossier {code}",
                "Ngày hẹn trả kết quả hiện nay: {dueAt}. Lý do: {reason}.",
                "The result is now due on {dueAt}, because {reason}.",
                "Ho so {code}: ngay hen tra ket qua hien nay la {dueAt}. Tra cuu: {link}",
                "Dossier {code}: the result is now due {dueAt}. Follow it: {link}"
            ),
            new(
                NotificationKind.Extended,
                "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
                "Apology: the result of dossier {code} comes later",
                "Cơ quan giải quyết xin lỗi ông/bà vì hồ sơ chưa thể có kết quả vào {oldDueAt}. Lý do: {reason}. Ngày hẹn trả mới: {dueAt}.",
                "The agency apologises: the result cannot be ready by {oldDueAt}. Reason: {reason}. The new date is {dueAt}.",
                "Xin loi ong/ba: ho so {code} hen lai ngay tra ket qua {dueAt}. Chi tiet: {link}",
                "We apologise: the result of dossier {code} is now due {dueAt}. Details: {link}"
            ),
            new(
                NotificationKind.ReturnPlaceMoved,
                "Nơi trả kết quả hồ sơ {code} thay đổi",
                "The result of dossier {code} is returned at another place",
                "Hồ sơ của ông/bà được bàn giao cho {centre} theo {reason}. Kết quả được trả tại đó; ngày tiếp nhận và ngày hẹn trả không đổi.",
                "Your dossier was passed to {centre} by {reason}. The result is returned there; the day of reception and the day promised stay.",
                "Ho so {code} duoc ban giao cho {centre}. Ngay hen tra khong doi. Tra cuu: {link}",
                "Dossier {code} was passed to {centre}. The day promised stays. Follow it: {link}"
            ),
            new(
                NotificationKind.PaymentDemanded,
                "Yêu cầu nộp phí, lệ phí hồ sơ {code}",
                "Payment for dossier {code}",
                "Ông/bà cần nộp {amount}: {reason}. Có thể nộp tại quầy hoặc trên Cổng Dịch vụ công quốc gia. Cán bộ không thu tiền ngoài biên lai.",
                "Please pay {amount}: {reason}. You can pay at the counter or on the National Public Service Portal. Nothing is taken without a receipt.",
                "Ho so {code} can nop {amount}. Chi tiet: {link}",
                "Dossier {code}: please pay {amount}. Details: {link}"
            ),
            new(
                NotificationKind.ResultReady,
                "Hồ sơ {code} đã có kết quả",
                "The result of dossier {code} is ready",
                "Hồ sơ của ông/bà đã có kết quả. Xin mang theo giấy tiếp nhận hoặc căn cước khi đến nhận.",
                "The result is ready. Please bring the receipt or your identity card to collect it.",
                "Ho so {code} da co ket qua. Moi den {centre} nhan, mang theo giay tiep nhan.",
                "The result of dossier {code} is ready. Collect it at {centre} with your receipt."
            ),
            new(
                NotificationKind.Returned,
                "Đã trả kết quả hồ sơ {code}",
                "The result of dossier {code} was handed over",
                "Kết quả hồ sơ đã được trả. Nếu ông/bà chưa nhận, xin báo ngay cho Trung tâm.",
                "The result was handed over. If you did not receive it, please tell the centre at once.",
                "Ket qua ho so {code} da duoc tra. Neu chua nhan, vui long bao Trung tam.",
                "The result of dossier {code} was handed over. If you did not get it, tell the centre."
            ),
            new(
                NotificationKind.Refused,
                "Hồ sơ {code} không được giải quyết theo đề nghị",
                "Dossier {code} was refused",
                "Hồ sơ của ông/bà không được chấp nhận. Lý do: {reason}. Văn bản trả lời nêu căn cứ pháp luật và quyền khiếu nại.",
                "Your dossier was not accepted. Reason: {reason}. The written answer names the law and your right to complain.",
                "Ho so {code} khong duoc chap nhan. Ly do va van ban: {link}",
                "Dossier {code} was not accepted. Reason and document: {link}"
            ),
            new(
                NotificationKind.Stopped,
                "Dừng giải quyết hồ sơ {code}",
                "Dossier {code} was stopped",
                "Việc giải quyết hồ sơ đã dừng. Lý do: {reason}.",
                "The work on your dossier was stopped. Reason: {reason}.",
                "Ho so {code} da dung giai quyet. Chi tiet: {link}",
                "Dossier {code} was stopped. Details: {link}"
            ),
            new(
                NotificationKind.WithdrawalDecided,
                "Yêu cầu rút hồ sơ {code}",
                "Your wish to withdraw dossier {code}",
                "Yêu cầu rút hồ sơ của ông/bà {decision}. {reason}",
                "Your wish to withdraw the dossier was {decision}. {reason}",
                "Yeu cau rut ho so {code}: {decision}. Chi tiet: {link}",
                "Withdrawal of dossier {code}: {decision}. Details: {link}"
            ),
            new(
                NotificationKind.RatingInvitation,
                "Mời đánh giá việc giải quyết hồ sơ {code}",
                "How was dossier {code} handled?",
                "Xin dành một phút đánh giá việc giải quyết hồ sơ: {ratingLink}\n\nCán bộ không biết ai đã đánh giá. Liên kết chỉ dùng cho hồ sơ của ông/bà, xin không chuyển cho người khác.",
                "Please take a minute to rate how it was handled: {ratingLink}\n\nOfficers do not learn who rated. The link is for your dossier only; please do not pass it on.",
                "Moi danh gia viec giai quyet ho so {code}: {ratingLink}",
                "Please rate how dossier {code} was handled: {ratingLink}"
            ),
            new(
                NotificationKind.FeedbackAnswered,
                "Đã trả lời phản ánh, kiến nghị {feedbackCode}",
                "Your feedback {feedbackCode} was answered",
                "Phản ánh, kiến nghị {feedbackCode} đã được trả lời. Xem câu trả lời và cho biết ông/bà có hài lòng không: {link}",
                "Your feedback {feedbackCode} was answered. Read the answer and say whether you are content: {link}",
                "Phan anh {feedbackCode} da duoc tra loi: {link}",
                "Your feedback {feedbackCode} was answered: {link}"
            ),
            new(
                NotificationKind.FeedbackQuestion,
                "Cần thêm thông tin về phản ánh, kiến nghị {feedbackCode}",
                "A question about your feedback {feedbackCode}",
                "Cần thêm thông tin để xử lý phản ánh, kiến nghị {feedbackCode}: {link}",
                "More is needed to look into your feedback {feedbackCode}: {link}",
                "Can them thong tin ve phan anh {feedbackCode}: {link}",
                "More is needed about your feedback {feedbackCode}: {link}"
            ),
            new(
                NotificationKind.FeedbackRefused,
                "Phản ánh, kiến nghị {feedbackCode} không được tiếp nhận",
                "Your feedback {feedbackCode} was not taken up",
                "Phản ánh, kiến nghị {feedbackCode} không được tiếp nhận xử lý. Lý do: {link}",
                "Your feedback {feedbackCode} was not taken up. The reason: {link}",
                "Phan anh {feedbackCode} khong duoc tiep nhan. Ly do: {link}",
                "Your feedback {feedbackCode} was not taken up. Reason: {link}"
            ),
        ];
}
