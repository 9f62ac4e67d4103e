namespace Pac.Dossiers.Domain;

/// <summary>That the clocks of the open dossiers are computed anew because their calendar has a new version. Its key is that of the job that does it.</summary>
internal sealed class ClockReplay
{
    private ClockReplay() { }

    public Guid Id { get; private set; }

    public string CalendarCode { get; private set; } = "";

    public int CalendarVersion { get; private set; }

    /// <summary>Why the calendar was changed.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public static ClockReplay Of(Guid id, string calendarCode, int version, string reason, DateTimeOffset now) =>
        new()
        {
            Id = id,
            CalendarCode = calendarCode,
            CalendarVersion = version,
            Reason = reason.Length <= LongestReason ? reason : reason[..LongestReason],
            StartedAt = now,
        };

    public void Finish(DateTimeOffset now) => FinishedAt ??= now;

    public const int LongestReason = 300;
}

/// <summary>That a replay moved an instant of a dossier; appended only.</summary>
internal sealed class ClockMove
{
    private ClockMove() { }

    public Guid ReplayId { get; private set; }

    public DossierId DossierId { get; private set; }

    /// <summary>Which instant: <c>due</c>, <c>intake</c>, <c>supplement</c>, or <c>consultation:</c> with the agency that is asked.</summary>
    public string Which { get; private set; } = "";

    public DateTimeOffset? Before { get; private set; }

    public DateTimeOffset? After { get; private set; }

    /// <summary>Subject of the officer who was in charge.</summary>
    public string? Officer { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static ClockMove Of(Guid replay, DueTimeMoved moved) =>
        new()
        {
            ReplayId = replay,
            DossierId = moved.Dossier.Id,
            Which = moved.Which,
            Before = moved.Before,
            After = moved.After,
            Officer = moved.Dossier.AssignedTo,
            At = moved.At,
        };
}
