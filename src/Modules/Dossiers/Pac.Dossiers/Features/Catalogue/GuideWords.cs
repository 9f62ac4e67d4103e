using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A text in both languages of the product.</summary>
/// <param name="Vi">In Vietnamese.</param>
/// <param name="En">In English.</param>
internal sealed record BilingualText(string Vi, string En)
{
    public string In(bool english) => english ? En : Vi;
}

/// <summary>What the guide says in words.</summary>
internal static class GuideWords
{
    public static BilingualText Of(TimeLimit limit) =>
        limit switch
        {
            { SameDayCutOff: { } at } => new(
                $"Trong ngày; nộp sau {at:HH\\:mm} thì nhận kết quả vào ngày làm việc tiếp theo",
                $"The same day; when handed in after {at:HH\\:mm}, the next working day"
            ),
            { Term: { } t } => t.Unit switch
            {
                TermUnit.WorkingDay => new($"{Vi(t)} ngày làm việc", $"{En(t)} working {(t.Value == 1 ? "day" : "days")}"),
                TermUnit.CalendarDay => new($"{Vi(t)} ngày", $"{En(t)} {(t.Value == 1 ? "day" : "days")}"),
                TermUnit.WorkingHour => new($"{Vi(t)} giờ làm việc", $"{En(t)} working {(t.Value == 1 ? "hour" : "hours")}"),
                _ => new($"{Vi(t)} tháng", $"{En(t)} {(t.Value == 1 ? "month" : "months")}"),
            },
            _ => new("Không quy định ngày hẹn trả", "No due date is set"),
        };

    public static BilingualText Of(Channel channel) =>
        channel switch
        {
            Channel.Online => new(
                "Trực tuyến trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), đăng nhập bằng VNeID",
                "Online on the National Public Service Portal (dichvucong.gov.vn), signed in with VNeID"
            ),
            Channel.Post => new("Qua dịch vụ bưu chính công ích", "By the public postal service"),
            _ => new("Trực tiếp tại quầy", "In person at a counter"),
        };

    public static BilingualText Of(ApplicantKind kind) =>
        kind switch
        {
            ApplicantKind.Enterprise => new("Doanh nghiệp", "Enterprises"),
            ApplicantKind.StateBody => new("Cơ quan nhà nước", "State bodies"),
            ApplicantKind.Organisation => new("Tổ chức", "Organisations"),
            ApplicantKind.HouseholdBusiness => new("Hộ kinh doanh", "Household businesses"),
            _ => new("Cá nhân", "Citizens"),
        };

    public static BilingualText Of(CopyKind? kind) =>
        kind switch
        {
            CopyKind.Original => new("bản chính", "original"),
            CopyKind.Copy => new("bản sao", "copy"),
            CopyKind.Electronic => new("bản điện tử", "electronic file"),
            _ => new("bản chính, bản sao hoặc bản điện tử", "original, copy or electronic file"),
        };

    /// <summary>When a centre is open on a day.</summary>
    public static BilingualText Hours(IReadOnlyList<Shift> shifts)
    {
        if (shifts.Count == 0)
            return new("Không làm việc", "Closed");
        var hours = string.Join(", ", shifts.Select(s => $"{s.Opens:HH\\:mm}–{s.Closes:HH\\:mm}"));
        return new(hours, hours);
    }

    public static BilingualText Where(ProcedureFlags flags) =>
        flags.NonTerritorial
            ? new(
                "Tại bất kỳ Trung tâm Phục vụ hành chính công nào trong tỉnh, không phụ thuộc nơi cư trú",
                "At any public administration service centre of the province, wherever you live"
            )
            : new("Chỉ tại các trung tâm nêu dưới đây", "Only at the centres named below");

    /// <summary>What else a person should know.</summary>
    public static IEnumerable<BilingualText> Notes(ProcedureContent content)
    {
        yield return content.Flags.AllowsAuthorisation
            ? new("Được ủy quyền cho người khác nộp thay.", "Somebody else may file for you with an authorisation.")
            : new("Không được ủy quyền; người yêu cầu phải tự nộp.", "Nobody can file for you; you have to come yourself.");
        if (content.Flags.PayBefore)
            yield return new("Phải nộp phí, lệ phí trước khi hồ sơ được xử lý.", "It is paid before work on the dossier begins.");
        if (content.ToBeConfirmed.Count > 0)
            yield return new(
                "Một số thông tin của thủ tục này đang chờ xác nhận; hãy hỏi lại tại quầy.",
                "Some of what is said here has yet to be confirmed; please ask at the counter."
            );
    }

    /// <summary>An amount as people read it.</summary>
    public static BilingualText Amount(long dong) =>
        new(
            dong == 0 ? "Miễn phí" : dong.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.') + " đồng",
            dong == 0 ? "Free of charge" : "VND " + dong.ToString("#,0", CultureInfo.InvariantCulture)
        );

    /// <summary>A price by declared value as people read it.</summary>
    public static BilingualText Of(FeeRule fee)
    {
        List<BilingualText> parts = fee.Dong > 0 ? [Amount(fee.Dong)] : [];
        foreach (var share in fee.Shares ?? [])
        {
            var over = Amount(share.Above);
            parts.Add(
                share.Above == 0
                    ? new($"{Vi(share.Percent)}% giá trị kê khai", $"{En(share.Percent)}% of the declared value")
                    : new($"{Vi(share.Percent)}% phần giá trị trên {over.Vi}", $"{En(share.Percent)}% of what lies over {over.En}")
            );
        }
        var (vi, en) = (string.Join(" + ", parts.Select(p => p.Vi)), string.Join(" + ", parts.Select(p => p.En)));
        if (fee.LeastDong is { } least)
            (vi, en) = ($"{vi}; tối thiểu {Amount(least).Vi}", $"{en}; at least {Amount(least).En}");
        if (fee.MostDong is { } most)
            (vi, en) = ($"{vi}; tối đa {Amount(most).Vi}", $"{en}; at most {Amount(most).En}");
        return new(vi, en);
    }

    private static string En(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Vi(decimal percent) => En(percent).Replace('.', ',');

    private static string En(Term t) => t.Value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Vi(Term t) => En(t).Replace('.', ',');
}
