namespace Pac.SharedKernel;

/// <summary>The zone in which business rules are computed: Asia/Ho_Chi_Minh, UTC+7 all year, no daylight saving.</summary>
public static class LocalTime
{
    /// <summary>The offset from UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>The same instant, written with the centre's offset.</summary>
    /// <param name="instant">Any instant.</param>
    public static DateTimeOffset ToLocal(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The instant in whole microseconds, as the database keeps it: it is the same before and after it was stored.</summary>
    /// <param name="instant">Any instant.</param>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>The calendar day of an instant at the centre.</summary>
    /// <param name="instant">Any instant.</param>
    public static DateOnly LocalDay(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant at which a day begins at the centre.</summary>
    /// <param name="day">The day.</param>
    public static DateTimeOffset StartInstant(this DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}
