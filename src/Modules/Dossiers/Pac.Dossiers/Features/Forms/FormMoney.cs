using System.Globalization;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Forms;

/// <summary>Money as Vietnamese papers write it.</summary>
internal static class FormMoney
{
    private static readonly string[] Digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    private static readonly string[] Scales = ["", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ"];

    public static string Written(long dong) => dong.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.');

    /// <summary>An amount in words, as receipts state it: <c>Một trăm ba mươi lăm nghìn đồng</c>.</summary>
    public static string InWords(long dong)
    {
        if (dong == 0)
            return "Không đồng";
        List<string> words = [];
        for (var (rest, scale) = (Math.Abs(dong), 0); rest > 0; rest /= 1000, scale++)
            if ((int)(rest % 1000) is var group and > 0)
                words.Insert(0, $"{Group(group, rest >= 1000)} {Scales[scale]}".Trim());
        var text = (dong < 0 ? "âm " : "") + string.Join(' ', words) + " đồng";
        return char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
    }

    public static string InWords(PaymentMethod method) =>
        method switch
        {
            PaymentMethod.Cash => "Tiền mặt",
            PaymentMethod.Transfer => "Chuyển khoản, thẻ",
            PaymentMethod.NationalPortal => "Trực tuyến trên Cổng Dịch vụ công quốc gia",
            _ => "Trực tuyến qua cổng thanh toán của tỉnh",
        };

    // Three digits; below a higher group hundreds are always said: "một nghìn không trăm linh năm".
    private static string Group(int number, bool below)
    {
        var (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
        List<string> words = [];
        if (hundreds > 0 || below)
            words.Add(Digits[hundreds] + " trăm");
        if (tens > 1)
            words.Add(Digits[tens] + " mươi");
        else if (tens == 1)
            words.Add("mười");
        else if (ones > 0 && words.Count > 0)
            words.Add("linh");
        if (ones > 0)
            words.Add(
                (ones, tens) switch
                {
                    (1, > 1) => "mốt",
                    (5, > 0) => "lăm",
                    _ => Digits[ones],
                }
            );
        return string.Join(' ', words);
    }
}
