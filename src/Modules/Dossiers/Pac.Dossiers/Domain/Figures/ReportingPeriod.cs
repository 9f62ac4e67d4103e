namespace Pac.Dossiers.Domain.Figures;

/// <summary>How reporting periods (kỳ báo cáo) are cut, from a day on; data with its source, since the law moves them.</summary>
internal sealed class ReportingRule
{
    private ReportingRule() { }

    public ReportingRule(DateOnly effectiveFrom, int startDay, int monthsBefore, string source, bool toBeConfirmed) =>
        (EffectiveFrom, StartDay, MonthsBefore, Source, ToBeConfirmed) = (effectiveFrom, startDay, monthsBefore, source, toBeConfirmed);

    /// <summary>First day on which a period may end by this rule.</summary>
    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>Day of the month on which a period begins.</summary>
    public int StartDay { get; private set; }

    /// <summary>How many months before its first calendar month a period begins.</summary>
    public int MonthsBefore { get; private set; }

    public string Source { get; private set; } = "";

    public bool ToBeConfirmed { get; private set; }

    /// <summary>The days of a quarter, or of the year when no quarter is named.</summary>
    public (DateOnly From, DateOnly To) Of(int year, int? quarter)
    {
        var first = new DateOnly(year, quarter is { } q ? 3 * q - 2 : 1, 1);
        return (Begin(first), Begin(first.AddMonths(quarter is null ? 12 : 3)).AddDays(-1));
    }

    /// <summary>The reporting year that a day belongs to.</summary>
    public int YearOf(DateOnly day) => day > Of(day.Year, null).To ? day.Year + 1 : day.Year;

    private DateOnly Begin(DateOnly firstOfMonth)
    {
        var month = firstOfMonth.AddMonths(-MonthsBefore);
        return new(month.Year, month.Month, Math.Min(StartDay, month.AddMonths(1).AddDays(-1).Day));
    }
}
