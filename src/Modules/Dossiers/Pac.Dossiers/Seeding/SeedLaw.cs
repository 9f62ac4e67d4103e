using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Seeding;

/// <summary>The figures of the law as the domain study has them (section 2.3), in force since centres receive under Decree 118/2025.</summary>
internal sealed class SeedLaw(DossiersDbContext db) : ISeed
{
    private const string Land = "land";
    private const string Index766 = "Quyết định 766/QĐ-TTg, nhóm chỉ số 5; Nghị định 20/2008/NĐ-CP";

    private const string Publicity766 = "Quyết định 766/QĐ-TTg, chỉ số 1.1 và 1.2 (cấp tỉnh); Nghị định 63/2010/NĐ-CP, điều 15, 16";

    // The decree speaks of advertising; whether messages about a dossier keep the same hours is to be confirmed.
    private const string QuietBasis = "Nghị định 91/2020/NĐ-CP (giờ gửi tin nhắn quảng cáo), áp dụng tương tự";

    private static readonly DateOnly InForce = new(2025, 7, 1);

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        var known = (await db.LegalTerms.AsNoTracking().ToListAsync(ct)).Select(t => (t.Code, t.FieldCode)).ToHashSet();
        foreach (var term in All().Where(t => !known.Contains((t.Code, t.FieldCode))))
            db.LegalTerms.Add(term);
        await db.SaveChangesAsync(ct);
    }

    private static IEnumerable<LegalTerm> All() =>
        [
            Of(
                LawInForce.OnlineIntake,
                8,
                TermUnit.WorkingHour,
                "Thông báo tiếp nhận, bổ sung hoặc từ chối hồ sơ nộp trực tuyến",
                "Tell the person whether an online submission is accepted, incomplete or refused",
                "Nghị định 45/2020/NĐ-CP, Nghị định 118/2025/NĐ-CP, điều 17"
            ),
            Of(
                LawInForce.TransferCutOff,
                0,
                null,
                "Hồ sơ nhận đến giờ này được chuyển trong ngày",
                "A dossier received until then is transferred on the same day",
                "Nghị định 118/2025/NĐ-CP, điều 17",
                new TimeOnly(15, 0)
            ),
            Of(
                LawInForce.TransferNextDay,
                1,
                TermUnit.WorkingHour,
                "Hồ sơ nhận sau giờ chốt được chuyển trong giờ đầu của ngày làm việc tiếp theo",
                "A dossier received later is transferred in the first hour of the next working day",
                "Nghị định 118/2025/NĐ-CP, điều 17"
            ),
            Of(
                LawInForce.SupplementRequests,
                1,
                null,
                "Số lần được yêu cầu bổ sung hồ sơ",
                "How many times a supplement may be asked for",
                "Nghị định 118/2025/NĐ-CP, điều 11",
                toBeConfirmed: false
            ),
            Of(
                LawInForce.SupplementAnswer,
                15,
                TermUnit.WorkingDay,
                "Thời hạn bổ sung hồ sơ",
                "Time for the answer to a request to supplement",
                "Nghị định về thủ tục liên thông điện tử; luật chuyên ngành nếu có quy định khác"
            ),
            Of(
                LawInForce.Extensions,
                1,
                null,
                "Số lần được hẹn lại ngày trả kết quả",
                "How many times the date may be moved",
                "Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP, mẫu số 04"
            ),
            Of(
                LawInForce.ExtensionNotice,
                1,
                TermUnit.CalendarDay,
                "Xin lỗi, hẹn lại chậm nhất trước ngày hẹn trả",
                "The apology comes at least so long before the due date",
                "Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP, mẫu số 04"
            ),
            Of(
                LawInForce.OnlineDisplay,
                2,
                TermUnit.WorkingHour,
                "Hiển thị hồ sơ nộp trực tuyến cho cán bộ tiếp nhận",
                "An online submission is shown to the officers",
                "Nghị định về thủ tục liên thông điện tử"
            ),
            Of(
                    LawInForce.ResultHandOut,
                    3,
                    TermUnit.CalendarDay,
                    "Trả kết quả sau khi có kết quả giải quyết (đất đai)",
                    "The result is handed out after it is there (land)",
                    "Quyết định 138/2025/QĐ-UBND tỉnh Đồng Tháp, dùng làm mẫu"
                )
                .For(Land),
            Of(
                LawInForce.CorrectionReturn,
                2,
                TermUnit.WorkingDay,
                "Cơ quan trả lại hồ sơ không đủ điều kiện cho Bộ phận Một cửa kèm mẫu số 02",
                "The agency returns what is not eligible to the one-stop section with form 02",
                "Quyết định 138/2025/QĐ-UBND tỉnh Đồng Tháp, dùng làm mẫu"
            ),
            Of(
                LawInForce.CorrectionTell,
                1,
                TermUnit.WorkingDay,
                "Bộ phận Một cửa thông báo cho người nộp hồ sơ về hồ sơ bị trả lại",
                "The one-stop section tells the person what the agency found missing",
                "Quyết định 138/2025/QĐ-UBND tỉnh Đồng Tháp, dùng làm mẫu"
            ),
            Of(
                LawInForce.DueSoon,
                8,
                TermUnit.WorkingHour,
                "Hồ sơ được coi là sắp đến hạn",
                "A dossier counts as due soon",
                "Quy chế hoạt động của Trung tâm Phục vụ hành chính công"
            ),
            Of(
                LawInForce.LinkedLastHour,
                1,
                TermUnit.WorkingHour,
                "Hồ sơ liên thông nhận trong thời gian cuối giờ hành chính được tính từ ngày làm việc tiếp theo",
                "Linked dossiers received in the last hour count from the next working day",
                "Nghị định về thủ tục liên thông điện tử"
            ),
            Of(LawInForce.FeedbackRefusal, 2, TermUnit.WorkingDay, "Từ chối tiếp nhận phản ánh, kiến nghị", "Refuse feedback", Index766),
            Of(
                LawInForce.FeedbackQuestion,
                5,
                TermUnit.WorkingDay,
                "Yêu cầu bổ sung thông tin về phản ánh, kiến nghị",
                "Ask for more about feedback",
                Index766
            ),
            Of(LawInForce.FeedbackAnswer, 15, TermUnit.WorkingDay, "Trả lời phản ánh, kiến nghị", "Answer feedback", Index766),
            Of(
                LawInForce.FeedbackPublication,
                2,
                TermUnit.WorkingDay,
                "Công khai kết quả xử lý phản ánh, kiến nghị",
                "Publish the answer to feedback",
                Index766
            ),
            Of(
                LawInForce.CataloguePublication,
                5,
                TermUnit.WorkingDay,
                "Công khai thủ tục sau khi có quyết định công bố",
                "Make a procedure public after its publication decision",
                Publicity766
            ),
            Of(
                LawInForce.CatalogueDecision,
                5,
                TermUnit.WorkingDay,
                "Ban hành quyết định công bố trước ngày thủ tục có hiệu lực",
                "Sign the publication decision before the procedure takes effect",
                Publicity766
            ),
            Of(
                LawInForce.QuietFrom,
                0,
                null,
                "Không gửi tin nhắn SMS, Zalo từ giờ này",
                "No short messages and no messages in Zalo from this time on",
                QuietBasis,
                new TimeOnly(21, 0)
            ),
            Of(
                LawInForce.QuietUntil,
                0,
                null,
                "Gửi tin nhắn SMS, Zalo trở lại từ giờ này",
                "Short messages and messages in Zalo go out again from this time on",
                QuietBasis,
                new TimeOnly(7, 0)
            ),
        ];

    private static LegalTerm Of(
        string code,
        decimal value,
        TermUnit? unit,
        string name,
        string nameEn,
        string basis,
        TimeOnly? timeOfDay = null,
        bool toBeConfirmed = true
    ) => new(code, value, unit, timeOfDay, InForce, name, nameEn, basis, toBeConfirmed);
}
