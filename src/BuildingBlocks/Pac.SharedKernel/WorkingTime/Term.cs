namespace Pac.SharedKernel.WorkingTime;

/// <summary>In what a legal term is counted.</summary>
public enum TermUnit
{
    /// <summary>Working days (ngày làm việc).</summary>
    WorkingDay,

    /// <summary>Calendar days (ngày).</summary>
    CalendarDay,

    /// <summary>Working hours (giờ làm việc): only open time counts.</summary>
    WorkingHour,

    /// <summary>Months (tháng).</summary>
    Month,
}

/// <summary>How long something may take by law.</summary>
/// <param name="Value">How many units, 0 or more; provinces cut terms to fractions such as 3.5 working days.</param>
/// <param name="Unit">In what it is counted.</param>
public readonly record struct Term(decimal Value, TermUnit Unit);

/// <summary>At which moment of its last day a term ends.</summary>
public enum DuePolicy
{
    /// <summary>At closing time of the last day: the legal reading (Civil Code 2015, art. 148).</summary>
    EndOfDay,

    /// <summary>At the clock time at which it began: what case systems print on the receipt.</summary>
    SameClockTime,
}

/// <summary>A stretch in which the legal clock stands still.</summary>
/// <param name="From">When it stopped.</param>
/// <param name="To">When it went on; not before <paramref name="From"/>.</param>
public readonly record struct Suspension(DateTimeOffset From, DateTimeOffset To);
