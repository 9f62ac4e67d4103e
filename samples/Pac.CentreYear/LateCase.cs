namespace Pac.CentreYear;

/// <summary>One of the dossiers of 2024 that were settled late.</summary>
/// <param name="ReceivedOn">Day of reception.</param>
/// <param name="Field">Field of the procedure.</param>
/// <param name="Days">In which working day after the due day it was settled.</param>
/// <param name="Cause">Why.</param>
internal sealed record LateCase(DateOnly ReceivedOn, string Field, int Days, string Cause)
{
    public static IReadOnlyDictionary<DateOnly, LateCase> All { get; } =
        new LateCase[]
        {
            new(new(2024, 1, 16), "land", 3, "Phải đối chiếu lại thực địa do sai lệch ranh giới thửa đất"),
            new(new(2024, 2, 6), "road-traffic", 1, "Phôi giấy phép lái xe về chậm sau kỳ nghỉ Tết Nguyên đán"),
            new(new(2024, 3, 12), "criminal-records", 4, "Chờ cơ quan ở tỉnh khác trả lời xác minh án tích"),
            new(new(2024, 4, 3), "construction", 2, "Lấy ý kiến cơ quan phòng cháy, chữa cháy quá thời gian phối hợp"),
            new(new(2024, 5, 14), "identity", 1, "Sự cố đường truyền với Cơ sở dữ liệu quốc gia về dân cư"),
            new(new(2024, 6, 11), "criminal-records", 2, "Chờ trích lục bản án từ tòa án đã xét xử"),
            new(new(2024, 7, 9), "social-protection", 3, "Hội đồng xác định mức độ khuyết tật họp chậm một kỳ"),
            new(new(2024, 8, 6), "land", 5, "Chờ cơ quan thuế xác định nghĩa vụ tài chính"),
            new(new(2024, 9, 4), "road-traffic", 1, "Hệ thống cấp giấy phép lái xe ngừng để nâng cấp"),
            new(new(2024, 10, 8), "labour", 1, "Người thụ lý nghỉ ốm đột xuất, bàn giao chậm"),
            new(new(2024, 10, 22), "identity", 2, "Phải thu nhận lại vân tay do thiết bị lỗi"),
            new(new(2024, 11, 5), "health", 1, "Đoàn thẩm định dời lịch do mưa lũ"),
        }.ToDictionary(c => c.ReceivedOn);
}
