using System.Globalization;

namespace Pac.CentreYear;

/// <summary>
/// Names, numbers and telephones that nobody has: names are put together at random, identity numbers carry a century of birth (9, the 24th)
/// that is not given out, and telephones the prefix 0199 that was given up in 2018.
/// </summary>
internal static class Names
{
    private static readonly string[] Families =
    [
        "Nguyễn",
        "Nguyễn",
        "Nguyễn",
        "Trần",
        "Trần",
        "Lê",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Nông",
        "Hà",
        "Đinh",
        "Trương",
    ];
    private static readonly string[] MiddleOfMen = ["Văn", "Hữu", "Đức", "Quốc", "Minh", "Thanh", "Xuân", "Đình", "Công", "Gia"];
    private static readonly string[] GivenToMen =
    [
        "Hùng",
        "Dũng",
        "Tuấn",
        "Sơn",
        "Hải",
        "Long",
        "Thắng",
        "Phúc",
        "Khánh",
        "Bảo",
        "Nghĩa",
        "Tâm",
        "Quân",
        "Hiếu",
        "Thịnh",
        "Đạt",
    ];
    private static readonly string[] MiddleOfWomen = ["Thị", "Thị", "Ngọc", "Thu", "Kim", "Thanh", "Bích", "Mỹ", "Diễm", "Hoài"];
    private static readonly string[] GivenToWomen =
    [
        "Hoa",
        "Lan",
        "Hương",
        "Thủy",
        "Yến",
        "Nhung",
        "Trang",
        "Ánh",
        "Phượng",
        "Vân",
        "Hạnh",
        "Tuyết",
        "Thảo",
        "Mai",
        "Quỳnh",
        "Xuân",
    ];
    private static readonly string[] EdeClans = ["Niê", "Mlô", "Byă", "Kbuôr", "Êban", "Ayŭn", "Ktla", "Êñuôl", "Buôn Yă", "Kpă", "Adrơng"];
    private static readonly string[] EdeMen = ["Bhiông", "Blang", "Dhŭn", "Khoa", "Liêm", "Nguăn", "Sơl", "Thuê", "Wê", "Yôn"];
    private static readonly string[] EdeWomen = ["Hen", "Bliă", "Djuăn", "Loan", "Mrưi", "Nguôm", "Rôza", "Sương", "Wiêng", "Yar"];
    private static readonly string[] MnongClans = ["Liêng", "Đăk Căt", "Triêk", "Bing", "Teh"];
    private static readonly string[] MnongMen = ["Krang", "Đêng", "Thông", "Mrơng", "Kă"];
    private static readonly string[] MnongWomen = ["Dơng", "Mlớt", "Bôi", "Yông", "Jrai"];
    private static readonly string[] Trades = ["Thương mại", "Xây dựng", "Vận tải", "Nông sản", "Cà phê", "Dịch vụ"];
    private static readonly string[] Bodies = ["Trường học mẫu số", "Trạm y tế mẫu số", "Ban quản lý mẫu số"];

    public static string Person(SplitMix64 random)
    {
        var people = random.Below(100);
        var woman = random.Below(2) == 0;
        return people switch
        {
            < 16 => woman ? $"H'{random.Pick(EdeWomen)} {random.Pick(EdeClans)}" : $"Y {random.Pick(EdeMen)} {random.Pick(EdeClans)}",
            < 20 => woman
                ? $"H'{random.Pick(MnongWomen)} {random.Pick(MnongClans)}"
                : $"Y {random.Pick(MnongMen)} {random.Pick(MnongClans)}",
            _ => woman
                ? $"{random.Pick(Families)} {random.Pick(MiddleOfWomen)} {random.Pick(GivenToWomen)}"
                : $"{random.Pick(Families)} {random.Pick(MiddleOfMen)} {random.Pick(GivenToMen)}",
        };
    }

    public static string Enterprise(SplitMix64 random) => Numbered($"Công ty TNHH Mẫu {random.Pick(Trades)}", random);

    public static string Organisation(SplitMix64 random) => Numbered("Hội mẫu số", random);

    public static string StateBody(SplitMix64 random) => Numbered(random.Pick(Bodies), random);

    public static string Identity(SplitMix64 random)
    {
        var province = random.Below(10) == 0 ? "054" : "066";
        return string.Create(CultureInfo.InvariantCulture, $"{province}9{random.Below(100):00}{random.Below(1_000_000):000000}");
    }

    public static string Phone(SplitMix64 random) => string.Create(CultureInfo.InvariantCulture, $"0199{random.Below(10_000_000):0000000}");

    private static string Numbered(string name, SplitMix64 random) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {1 + random.Below(900)}");
}
