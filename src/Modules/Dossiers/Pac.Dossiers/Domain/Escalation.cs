using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Which term of a dossier is watched.</summary>
internal enum WatchedTermKind
{
    /// <summary>The result (ngày hẹn trả).</summary>
    Due,

    /// <summary>The answer to an online submission.</summary>
    Intake,

    /// <summary>The hours allotted to the step in hand.</summary>
    Step,

    /// <summary>That an online submission is shown to officers.</summary>
    Display,

    /// <summary>That the person is told what the agency found missing.</summary>
    Correction,

    /// <summary>That the agency returns what it finds not eligible.</summary>
    Check,

    /// <summary>The opinion that another agency is asked for.</summary>
    Consultation,

    /// <summary>That a result is handed out.</summary>
    HandOut,

    /// <summary>That a withdrawal is decided on, which is due the moment it is asked for.</summary>
    Withdrawal,

    /// <summary>No term: somebody who oversees the dossier presses for it (đôn đốc).</summary>
    Press,
}

/// <summary>When a rule takes effect.</summary>
internal enum EscalationTiming
{
    /// <summary>So many working hours before the end of the term.</summary>
    HoursBefore,

    /// <summary>When this share of the term is used up, in percent.</summary>
    ShareUsed,

    /// <summary>When the term has passed.</summary>
    AtBreach,

    /// <summary>After it has passed, every so many working hours.</summary>
    EveryHoursAfter,
}

/// <summary>Who is told.</summary>
internal enum EscalationTo
{
    /// <summary>The officer in charge; the overseers of the unit while nobody is.</summary>
    Officer,

    /// <summary>Who oversees the unit that has it in hand (lãnh đạo phòng, cơ quan).</summary>
    Unit,

    /// <summary>Who oversees the centre (Giám đốc Trung tâm); of the province where the centre has nobody.</summary>
    Centre,

    /// <summary>Who oversees the agency whose opinion is asked; the unit where the term is another one.</summary>
    AskedAgency,
}

internal readonly record struct EscalationId(Guid Value) : IStrongId<EscalationId>
{
    public static EscalationId From(Guid value) => new(value);

    public static bool operator <(EscalationId left, EscalationId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(EscalationId left, EscalationId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>A rule of escalation as data, in force from a day on. A newer one of the same code takes its place.</summary>
internal sealed class EscalationRule
{
    private EscalationRule() { }

    public EscalationRule(
        string code,
        DateOnly effectiveFrom,
        WatchedTermKind term,
        int level,
        EscalationTiming timing,
        decimal value,
        EscalationTo to,
        string basis,
        bool isOff = false
    )
    {
        (Code, EffectiveFrom, Term, Level) = (code, effectiveFrom, term, level);
        (Timing, Value, To, Basis, IsOff) = (timing, value, to, basis, isOff);
    }

    /// <summary>Stable word, such as <c>due.warning</c>.</summary>
    public string Code { get; private set; } = "";

    public DateOnly EffectiveFrom { get; private set; }

    public WatchedTermKind Term { get; private set; }

    /// <summary>How urgent, from 1.</summary>
    public int Level { get; private set; }

    public EscalationTiming Timing { get; private set; }

    /// <summary>Working hours, or percent; 0 at breach.</summary>
    public decimal Value { get; private set; }

    public EscalationTo To { get; private set; }

    /// <summary>Where it stands.</summary>
    public string Basis { get; private set; } = "";

    /// <summary>Whether it no longer holds from its day on.</summary>
    public bool IsOff { get; private set; }
}

/// <summary>That somebody is told of a term: to whom, when, and whether they have seen it. One for each person, term and level.</summary>
internal sealed class Escalation : AggregateRoot
{
    private Escalation() { }

    public EscalationId Id { get; private set; }

    public DossierId DossierId { get; private set; }

    public string DossierCode { get; private set; } = "";

    public WatchedTermKind Term { get; private set; }

    public int Level { get; private set; }

    /// <summary>Which repetition it is, from 1; 0 for what comes once.</summary>
    public int Round { get; private set; }

    /// <summary>The end of the term.</summary>
    public DateTimeOffset TermDueAt { get; private set; }

    /// <summary>Subject of who is told; empty when there is nobody to tell.</summary>
    public string Recipient { get; private set; } = "";

    /// <summary>Subject of who presses; <c>system</c> for what follows from a rule.</summary>
    public string RaisedBy { get; private set; } = "";

    public DateTimeOffset RaisedAt { get; private set; }

    /// <summary>What whoever presses has to say.</summary>
    [Personal]
    public string? Message { get; private set; }

    public DateTimeOffset? SeenAt { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>What the recipient answers.</summary>
    [Personal]
    public string? Answer { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public static Escalation Raise(Dossier dossier, DueEscalation due, string recipient, DateTimeOffset now) =>
        Of(dossier, due.Term.Kind, due.Rule.Level, due.Round, due.Term.DueAt, recipient, "system", null, now);

    /// <summary>Presses for a dossier.</summary>
    public static Escalation Press(Dossier dossier, string recipient, string message, string by, DateTimeOffset now) =>
        Of(dossier, WatchedTermKind.Press, 1, 0, dossier.WorkDueAt ?? now, recipient, by, message, now);

    /// <summary>Notes that the recipient has seen it; the first time counts.</summary>
    public void See(string by, DateTimeOffset now)
    {
        DemandRecipient(by);
        if (SeenAt is not null)
            return;
        SeenAt = now;
        Raise(new EscalationTold(this, "escalationSeen", by, null, now));
    }

    /// <summary>Notes what the recipient answers; what was not seen before is seen now.</summary>
    public void Acknowledge(string note, string by, DateTimeOffset now)
    {
        DemandRecipient(by);
        if (WithdrawnAt is not null)
            throw new BusinessRuleException(EscalationErrors.Withdrawn);
        if (AcknowledgedAt is not null)
            throw new BusinessRuleException(EscalationErrors.Answered);
        SeenAt ??= now;
        (AcknowledgedAt, Answer) = (now, note);
        Raise(new EscalationTold(this, "escalationAcknowledged", by, note, now));
    }

    /// <summary>Takes it back because its term ended or moved. What was answered stays.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (WithdrawnAt is not null || AcknowledgedAt is not null)
            return;
        WithdrawnAt = now;
        Raise(new EscalationTold(this, "escalationWithdrawn", "system", null, now));
    }

    private static Escalation Of(
        Dossier dossier,
        WatchedTermKind term,
        int level,
        int round,
        DateTimeOffset dueAt,
        string recipient,
        string by,
        string? message,
        DateTimeOffset now
    )
    {
        var escalation = new Escalation
        {
            Id = new(Guid.CreateVersion7(now)),
            DossierId = dossier.Id,
            DossierCode = dossier.Code,
            Term = term,
            Level = level,
            Round = round,
            TermDueAt = dueAt,
            Recipient = recipient,
            RaisedBy = by,
            RaisedAt = now,
            Message = message,
        };
        escalation.Raise(new EscalationTold(escalation, "escalated", by, recipient.Length == 0 ? "-" : recipient, now));
        return escalation;
    }

    private void DemandRecipient(string by)
    {
        if (Recipient != by)
            throw new BusinessRuleException(EscalationErrors.NotYours);
    }
}

/// <summary>Something that is no act on a dossier and yet a line of its timeline.</summary>
internal interface IDossierLine : IDomainEvent
{
    TimelineEntry Line { get; }
}

/// <summary>What happened to an escalation.</summary>
internal sealed record EscalationTold(Escalation Escalation, string Act, string By, string? More, DateTimeOffset At) : IDossierLine
{
    private const int Longest = 300;

    public TimelineEntry Line
    {
        get
        {
            var e = Escalation;
            var term = char.ToLowerInvariant(e.Term.ToString()[0]) + e.Term.ToString()[1..];
            var text = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{term} {LifeCycle.Written(e.TermDueAt)}, level {e.Level}{(e.Round > 0 ? $" ({e.Round})" : "")}{(More is null ? "" : ": " + More)}"
            );
            return TimelineEntry.Of(e.DossierId, Act, By, text.Length <= Longest ? text : text[..Longest], At);
        }
    }
}

internal static class EscalationErrors
{
    public static readonly Error NotYours = new(
        "dossiers.escalation-of-somebody-else",
        ErrorKind.WrongState,
        "Cảnh báo này gửi cho người khác.",
        "This escalation went to somebody else."
    );

    public static readonly Error Answered = new(
        "dossiers.escalation-answered",
        ErrorKind.WrongState,
        "Cảnh báo đã được phản hồi.",
        "The escalation has been acknowledged already."
    );

    public static readonly Error Withdrawn = new(
        "dossiers.escalation-withdrawn",
        ErrorKind.WrongState,
        "Cảnh báo đã được thu hồi vì thời hạn đã thay đổi hoặc đã xong.",
        "The escalation was withdrawn: its term has moved or ended."
    );

    public static readonly Error NobodyToPress = new(
        "dossiers.nobody-to-press",
        ErrorKind.WrongState,
        "Không có ai đang giữ hồ sơ hoặc phụ trách đơn vị để đôn đốc.",
        "There is nobody in charge of the dossier or its unit who could be pressed."
    );

    public static readonly Error NothingToPress = new(
        "dossiers.nothing-to-press",
        ErrorKind.WrongState,
        "Hồ sơ đã kết thúc, không cần đôn đốc.",
        "The dossier has ended; there is nothing to press for."
    );

    public static readonly Error RuleInThePast = new(
        "dossiers.rule-in-the-past",
        ErrorKind.RuleBroken,
        "Quy tắc chỉ có hiệu lực từ ngày mai trở đi.",
        "A rule takes effect tomorrow at the earliest."
    );

    public static readonly Error ShareOutside = new(
        "dossiers.share-outside",
        ErrorKind.RuleBroken,
        "Tỷ lệ thời hạn phải lớn hơn 0 và nhỏ hơn 100 phần trăm; số giờ phải lớn hơn 0.",
        "The share lies between 0 and 100 percent, and hours are more than 0."
    );
}
