namespace Pac.Testing;

/// <summary>A clock that stands still until it is told to move. Timers and time stamps stay those of the machine.</summary>
public sealed class TestClock : TimeProvider
{
    /// <summary>Monday, 23 November 2026, 9:00 at the centre: the day before a holiday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(7));

    private long _ticks = Start.UtcTicks;

    /// <summary>The present instant.</summary>
    public DateTimeOffset Now
    {
        get => GetUtcNow();
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
