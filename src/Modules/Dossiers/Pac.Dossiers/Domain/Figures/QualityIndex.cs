namespace Pac.Dossiers.Domain.Figures;

/// <summary>The most points of a single index of Decision 766/QD-TTg and the share from which they are given in full; in force from a day on.</summary>
internal sealed class QualityParameter
{
    private QualityParameter() { }

    public QualityParameter(string index, DateOnly effectiveFrom, decimal? maximum, decimal? target, string source, bool toBeConfirmed) =>
        (Index, EffectiveFrom, Maximum, Target, Source, ToBeConfirmed) = (index, effectiveFrom, maximum, target, source, toBeConfirmed);

    /// <summary>Number of the index, such as <c>2.1</c>.</summary>
    public string Index { get; private set; } = "";

    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>Most points; null when not known, or when the index is only shown.</summary>
    public decimal? Maximum { get; private set; }

    /// <summary>Share in per cent from which all points are given; null for 100.</summary>
    public decimal? Target { get; private set; }

    public string Source { get; private set; } = "";

    public bool ToBeConfirmed { get; private set; }
}

/// <summary>An index of Decision 766/QD-TTg by name.</summary>
internal sealed record QualityIndexName(string Index, string Group, string Vietnamese, string English);

/// <summary>How shares become points (Decision 766/QD-TTg).</summary>
internal static class QualityScore
{
    /// <summary>The single indices of the decision, in its order.</summary>
    public static readonly IReadOnlyList<QualityIndexName> Names =
    [
        new("1.1", "publicity", "Công bố thủ tục đúng hạn", "Procedures published on time"),
        new("1.2", "publicity", "Cập nhật, công khai thủ tục đúng hạn", "Procedures updated and made public on time"),
        new("1.3", "publicity", "Thủ tục có đủ bộ phận cấu thành", "Procedures with all their parts"),
        new("1.4", "publicity", "Hồ sơ được đồng bộ đầy đủ", "Dossiers synchronised"),
        new("2.1", "progress", "Hồ sơ giải quyết đúng hạn, trước hạn", "Dossiers on time or early"),
        new("2.2", "progress", "Thời gian giải quyết trung bình", "Mean time of settlement"),
        new("3.1", "online", "Thủ tục cung cấp trực tuyến", "Procedures provided online"),
        new("3.2", "online", "Dịch vụ công trực tuyến có phát sinh hồ sơ", "Online services with dossiers"),
        new("3.3", "online", "Hồ sơ nộp trực tuyến", "Dossiers submitted online"),
        new("3.5", "payment", "Thủ tục có thanh toán trực tuyến", "Procedures with payment online"),
        new("3.6", "payment", "Hồ sơ thanh toán trực tuyến", "Dossiers paid online"),
        new("4.1", "digitisation", "Hồ sơ cấp kết quả điện tử", "Dossiers with an electronic result"),
        new("4.2", "digitisation", "Hồ sơ được số hóa", "Digitised dossiers"),
        new("4.3", "digitisation", "Khai thác, sử dụng lại dữ liệu số hóa", "Digitised data used again"),
        new("4.4", "digitisation", "Kết nối, chia sẻ để sử dụng lại", "Connected for use again"),
        new("4.5", "digitisation", "Khai thác dữ liệu dân cư", "Use of population data"),
        new("5.1", "satisfaction", "Phản ánh, kiến nghị theo nội dung", "Feedback by kind"),
        new("5.2", "satisfaction", "Tiến độ xử lý phản ánh, kiến nghị", "Progress of feedback"),
        new("5.3", "satisfaction", "Hài lòng về xử lý phản ánh, kiến nghị", "Satisfaction with feedback"),
        new("5.4", "satisfaction", "Hài lòng về giải quyết thủ tục", "Satisfaction with settlement"),
    ];

    /// <summary>Points for a share: all from the target on, below it in proportion; two decimals, rounded half up. Nothing of nothing gives no points and no nought.</summary>
    /// <param name="sharePercent">The share in per cent; null when there is nothing to take a share of.</param>
    /// <param name="target">Share from which all points are given; 100 when null.</param>
    /// <param name="maximum">Most points.</param>
    public static decimal? Points(decimal? sharePercent, decimal? target, decimal? maximum)
    {
        if (sharePercent is not { } share || maximum is not { } most)
            return null;
        var full = target ?? 100m;
        return decimal.Round(share >= full ? most : share * most / full, 2, MidpointRounding.AwayFromZero);
    }

    /// <summary>Index 3.3: the share online, weakened by what was not synchronised.</summary>
    public static decimal OnlineShare(decimal onlinePercent, decimal syncRate) => onlinePercent * syncRate;

    /// <summary>Index 5.4: all but what was overdue, complained of or disliked.</summary>
    public static decimal Satisfaction(decimal overduePercent, decimal dislikedPercent) => 100m - (overduePercent + dislikedPercent);
}
