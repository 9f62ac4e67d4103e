using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>One line of a dossier's history; appended only.</summary>
internal sealed class TimelineEntry
{
    private TimelineEntry() { }

    public Guid Id { get; private set; }

    public DossierId DossierId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Act { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string? Detail { get; private set; }

    /// <summary>The line of an act.</summary>
    /// <param name="act">The act.</param>
    /// <param name="number">Which act on its dossier it is, from 1.</param>
    public static TimelineEntry Of(IDossierAct act, int number) =>
        new()
        {
            Id = InOrder(act.At, number),
            DossierId = act.Dossier.Id,
            At = act.At,
            Act = act.Act,
            Subject = act.By,
            Detail = act.Detail,
        };

    /// <summary>A line of what belongs to a dossier and is no act on the dossier itself.</summary>
    public static TimelineEntry Of(DossierId dossier, string act, string subject, string? detail, DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            DossierId = dossier,
            At = at,
            Act = act,
            Subject = subject,
            Detail = detail,
        };

    /// <summary>An id that sorts by time, and within a millisecond by number.</summary>
    // The number stands where a UUID of version 7 has room for a counter (RFC 9562, 6.2).
    public static Guid InOrder(DateTimeOffset at, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (number >> 8 & 0x0F));
        bytes[7] = (byte)number;
        return new(bytes, bigEndian: true);
    }
}

/// <summary>That somebody saw personal data of a dossier in full (Law 91/2025/QH15); appended only.</summary>
internal sealed class AccessEntry
{
    private AccessEntry() { }

    public Guid Id { get; private set; }

    public DossierId DossierId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Subject { get; private set; } = "";

    public string ClientId { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public static AccessEntry Of(DossierId dossier, string subject, string clientId, string purpose, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            DossierId = dossier,
            At = now,
            Subject = subject,
            ClientId = clientId,
            Purpose = purpose,
        };
}

/// <summary>The figures of one day or month for one combination; kept in the transaction of the acts they count.</summary>
internal sealed class Summary
{
    private Summary() { }

    /// <summary><c>d</c> for a day, <c>m</c> for a month, <c>c</c> for a month of the centre alone, without agency, field and procedure.</summary>
    public string Grain { get; private set; } = "";

    /// <summary>The day, or the first day of the month.</summary>
    public DateOnly Period { get; private set; }

    public string CentreCode { get; private set; } = "";

    public string AgencyCode { get; private set; } = "";

    public string FieldCode { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    public Channel Channel { get; private set; }

    /// <summary>Whether the person was helped to apply.</summary>
    public Assistance Assistance { get; private set; }

    public int Received { get; private set; }

    /// <summary>Every ending: result, refusal, withdrawal, stop.</summary>
    public int Settled { get; private set; }

    public int Early { get; private set; }

    public int OnTime { get; private set; }

    public int Late { get; private set; }

    public int Returned { get; private set; }

    public int Withdrawn { get; private set; }

    public int Refused { get; private set; }

    public int Stopped { get; private set; }

    /// <summary>Not accepted at intake; among neither the received nor the settled.</summary>
    public int Rejected { get; private set; }
}

/// <summary>Under what a dossier is counted.</summary>
internal sealed record FigureKey(
    string CentreCode,
    string AgencyCode,
    string FieldCode,
    string ProcedureCode,
    Channel Channel,
    Assistance Assistance
)
{
    public static FigureKey Of(Dossier d) => new(d.CentreCode, d.AgencyCode, d.FieldCode, d.ProcedureCode, d.Channel, d.Assistance);
}

/// <summary>What one act adds to the figures of a day.</summary>
internal sealed record SummaryDelta(
    DateOnly Day,
    FigureKey Key,
    int Received = 0,
    int Settled = 0,
    int Early = 0,
    int OnTime = 0,
    int Late = 0,
    int Returned = 0,
    int Withdrawn = 0,
    int Refused = 0,
    int Stopped = 0,
    int Rejected = 0
)
{
    /// <summary>What a reception adds.</summary>
    public static SummaryDelta Reception(DateOnly day, FigureKey key) => new(day, key, Received: 1);

    /// <summary>The changes of figures that an act makes. What was never received makes none, unless it was not accepted.</summary>
    public static IEnumerable<SummaryDelta> Of(IDossierAct act)
    {
        var key = FigureKey.Of(act.Dossier);
        if (!act.Dossier.IsReceived)
        {
            if (act is IDossierEnding && act.Dossier.Outcome == Outcome.Rejection)
                yield return new(act.At.LocalDay(), key, Rejected: 1);
            yield break;
        }
        switch (act)
        {
            case DossierWasReceived:
                yield return Reception(act.At.LocalDay(), key);
                break;
            case DossierWasReturned:
                yield return new(act.At.LocalDay(), key, Returned: 1);
                break;
            case IDossierEnding:
                yield return Ending(1, key, act.At, act.Dossier.DueAt, act.Dossier.Outcome);
                break;
            case DossierWasReopened was:
                // The figures say what the records say: it ended on no day but the last.
                yield return Ending(-1, key, was.SettledBefore, was.DueBefore, was.OutcomeBefore);
                if (was.ReturnedBefore is { } returned)
                    yield return new(returned.LocalDay(), key, Returned: -1);
                break;
        }
    }

    private static SummaryDelta Ending(int n, FigureKey key, DateTimeOffset at, DateTimeOffset? due, Outcome? outcome)
    {
        var judged = DossierClock.Judge(at, due);
        return new(
            at.LocalDay(),
            key,
            Settled: n,
            Early: judged == Timeliness.Early ? n : 0,
            OnTime: judged == Timeliness.OnTime ? n : 0,
            Late: judged == Timeliness.Late ? n : 0,
            Withdrawn: outcome == Outcome.Withdrawal ? n : 0,
            Refused: outcome == Outcome.Refusal ? n : 0,
            Stopped: outcome == Outcome.Stop ? n : 0
        );
    }
}
