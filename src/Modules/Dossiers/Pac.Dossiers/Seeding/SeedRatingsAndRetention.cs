using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>The first sheet for ratings and the first rules of retention. All of it has to be confirmed by whoever runs the centre.</summary>
internal sealed class SeedRatingsAndRetention(DossiersDbContext db, TimeProvider clock) : ISeed
{
    private const int UsualYears = 10;
    private const string Archives = "Luật Lưu trữ 33/2024/QH15; Thông tư 13/2023/TT-BNV; thời hạn do cơ quan có thẩm quyền quy định";

    // Whatever the day of closing, also of what other systems closed long ago.
    private static readonly DateOnly Always = new(2010, 1, 1);

    // Titles to land, civil status and citizenship prove something for as long as anybody lives.
    private static readonly string[] ForEver = ["land", "civil-status", "merit"];

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        if (!await db.RatingForms.AnyAsync(ct))
            db.RatingForms.Add(Sheet());
        if (!await db.RetentionRules.AnyAsync(ct))
        {
            var now = clock.GetUtcNow();
            db.RetentionRules.Add(RetentionRule.Of(null, null, UsualYears, keepsFiles: false, Always, Archives, toBeConfirmed: true, now));
            foreach (var field in ForEver)
                db.RetentionRules.Add(RetentionRule.Of(null, field, null, keepsFiles: true, Always, Archives, toBeConfirmed: true, now));
        }
        await db.SaveChangesAsync(ct);
    }

    private static RatingForm Sheet() =>
        new(
            new(2025, 7, 1),
            levels: 5,
            satisfiedFrom: 4,
            smallestGroup: 5,
            [
                new("access", "Tiếp cận dịch vụ, thông tin dễ tìm", "Finding the service and what it needs"),
                new("procedure", "Thủ tục đơn giản, đúng quy định", "The procedure is simple and as published"),
                new("staff", "Công chức lịch sự, tận tình", "Staff are polite and helpful"),
                new("guidance", "Hướng dẫn rõ ràng, đầy đủ một lần", "Guidance is clear and complete at once"),
                new("time", "Giải quyết đúng hẹn", "The result came on time"),
                new("result", "Kết quả chính xác, đầy đủ", "The result is correct and complete"),
                new("place", "Nơi tiếp nhận thuận tiện", "The place is comfortable and easy to reach"),
            ],
            "Quyết định 766/QĐ-TTg, chỉ số 5.4; phiếu khảo sát của Trung tâm",
            toBeConfirmed: true
        );
}
