using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

internal readonly record struct FeedbackId(Guid Value) : IStrongId<FeedbackId>
{
    public static FeedbackId From(Guid value) => new(value);

    public static bool operator <(FeedbackId left, FeedbackId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(FeedbackId left, FeedbackId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>What feedback is about.</summary>
internal enum FeedbackKind
{
    /// <summary>How staff behaved (thái độ, hành vi).</summary>
    Behaviour,

    /// <summary>Late or slow work (chậm trễ).</summary>
    Delay,

    /// <summary>Papers or money asked for outside the law (yêu cầu ngoài quy định).</summary>
    BeyondTheLaw,

    /// <summary>A rule that is unclear, contradictory or a burden (quy định hành chính).</summary>
    Regulation,

    /// <summary>A proposal (kiến nghị).</summary>
    Proposal,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How feedback came.</summary>
internal enum FeedbackChannel
{
    /// <summary>By the page or an application of a third party.</summary>
    Online,

    /// <summary>At a counter.</summary>
    Counter,

    /// <summary>By telephone.</summary>
    Phone,

    /// <summary>By letter.</summary>
    Letter,
}

/// <summary>Where feedback stands.</summary>
internal enum FeedbackState
{
    /// <summary>It came and nobody has it in hand.</summary>
    Submitted,

    /// <summary>An agency has it in hand.</summary>
    Assigned,

    /// <summary>The sender is asked for more; the time for the answer stands still.</summary>
    Asked,

    /// <summary>It is not taken up.</summary>
    Refused,

    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>Feedback and answer are public, without the sender.</summary>
    Published,
}

/// <summary>Who sends feedback; all of it may be left out.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Email">E-mail address.</param>
internal sealed record FeedbackSender(string? Name, string? Phone, string? Email);

/// <summary>One act on feedback.</summary>
/// <param name="At">When.</param>
/// <param name="Act">Stable word.</param>
/// <param name="By">Who; empty for the sender.</param>
/// <param name="Detail">What more there is to say; never personal data.</param>
internal sealed record FeedbackEntry(DateTimeOffset At, string Act, string By, string? Detail);

/// <summary>The times of feedback (Decision 766/QD-TTg; domain study, T11).</summary>
/// <param name="RefuseBy">Until when it may be refused in time.</param>
/// <param name="AskBy">Until when more may be asked in time.</param>
/// <param name="AnswerBy">Until when it is to be answered.</param>
/// <param name="PublishBy">Until when the answer is to be published; null before there is one.</param>
internal sealed record FeedbackTimes(Deadline RefuseBy, Deadline AskBy, Deadline AnswerBy, Deadline? PublishBy = null);

/// <summary>What the sender wrote, and from where.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Text">The words.</param>
/// <param name="Sender">Who sends it.</param>
/// <param name="Language">In which language an answer is wanted.</param>
/// <param name="CentreCode">The centre it concerns.</param>
/// <param name="AgencyCode">The agency it concerns, when known.</param>
/// <param name="DossierId">The dossier it concerns, when known.</param>
/// <param name="RepeatOf">Code of the earlier feedback that it repeats.</param>
internal sealed record FeedbackMatter(
    FeedbackKind Kind,
    FeedbackChannel Channel,
    string Text,
    FeedbackSender Sender,
    TextLanguage Language,
    string CentreCode,
    string? AgencyCode,
    DossierId? DossierId,
    string? RepeatOf
);

/// <summary>The sender of feedback is to be told.</summary>
internal sealed record SenderIsToBeTold(Feedback Feedback, NotificationKind Kind, DateTimeOffset At) : IDomainEvent;

/// <summary>Feedback (phản ánh, kiến nghị; Decree 63/2010 and 20/2008): taken up or refused, answered and published within times of its own.</summary>
internal sealed class Feedback : AggregateRoot
{
    private Feedback() { }

    public FeedbackId Id { get; private set; }

    /// <summary>Code shown to people.</summary>
    public string Code { get; private set; } = "";

    public FeedbackKind Kind { get; private set; }

    public FeedbackChannel Channel { get; private set; }

    public FeedbackState State { get; private set; }

    [Personal]
    public string Text { get; private set; } = "";

    /// <summary>What the sender added when more was asked.</summary>
    [Personal]
    public string? More { get; private set; }

    [Personal]
    public FeedbackSender Sender { get; private set; } = new(null, null, null);

    public TextLanguage Language { get; private set; }

    public string CentreCode { get; private set; } = "";

    public string? AgencyCode { get; private set; }

    public DossierId? DossierId { get; private set; }

    public string? RepeatOf { get; private set; }

    /// <summary>Subject of the officer in charge.</summary>
    public string? AssignedTo { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    public string CalendarCode { get; private set; } = "";

    public FeedbackTimes Times { get; private set; } = null!;

    /// <summary>When the next thing is due; null while the sender is asked, and when nothing more is to be done.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>When the time for the answer stood still.</summary>
    public IReadOnlyList<Stretch> Stops { get; private set; } = [];

    [Personal]
    public string? Question { get; private set; }

    /// <summary>When it was refused or answered.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Whether that was within its time.</summary>
    public bool? ClosedInTime { get; private set; }

    [Personal]
    public string? Reason { get; private set; }

    public string? LegalBasis { get; private set; }

    [Personal]
    public string? Answer { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    public string? PublishedText { get; private set; }

    public string? PublishedAnswer { get; private set; }

    /// <summary>Whether the sender is content with the answer; null while he has not said.</summary>
    public bool? Satisfied { get; private set; }

    public DateTimeOffset? ErasedAt { get; private set; }

    public IReadOnlyList<FeedbackEntry> Entries { get; private set; } = [];

    /// <summary>Whether its time has passed.</summary>
    public bool IsOverdue(DateTimeOffset now) => DueAt < now;

    /// <summary>Takes feedback in and starts its times.</summary>
    public static Feedback Submit(FeedbackMatter matter, WorkingCalendar calendar, LawInForce law, string by, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var feedback = new Feedback
        {
            Id = new(id),
            Code = CodeOf(id, now),
            Kind = matter.Kind,
            Channel = matter.Channel,
            Text = matter.Text,
            Sender = matter.Sender,
            Language = matter.Language,
            CentreCode = matter.CentreCode,
            AgencyCode = matter.AgencyCode,
            DossierId = matter.DossierId,
            RepeatOf = matter.RepeatOf,
            SubmittedAt = now,
            CalendarCode = calendar.Definition.Code,
            Times = new(
                Deadline.Start(now, law.Term(LawInForce.FeedbackRefusal), calendar),
                Deadline.Start(now, law.Term(LawInForce.FeedbackQuestion), calendar),
                Deadline.Start(now, law.Term(LawInForce.FeedbackAnswer), calendar)
            ),
        };
        feedback.DueAt = feedback.Times.AnswerBy.DueAt;
        feedback.Did("submitted", by, now, null);
        return feedback;
    }

    /// <summary>Gives it into the hands of an agency, and of an officer when one is named.</summary>
    public void Assign(string agencyCode, string? officer, string by, DateTimeOffset now)
    {
        Demand("assign", FeedbackState.Submitted, FeedbackState.Assigned);
        (AgencyCode, AssignedTo, State) = (agencyCode, officer, FeedbackState.Assigned);
        Did("assigned", by, now, agencyCode);
    }

    /// <summary>Asks the sender for more. The time for the answer stands still until he has said it.</summary>
    public void Ask(string question, string by, DateTimeOffset now)
    {
        Demand("ask", FeedbackState.Submitted, FeedbackState.Assigned);
        if (Question is not null)
            throw new BusinessRuleException(FeedbackErrors.AskedBefore);
        (Question, State, DueAt) = (question, FeedbackState.Asked, null);
        Stops = [.. Stops, new(now, null)];
        Did("asked", by, now, now > Times.AskBy.DueAt ? "late" : null);
        Raise(new SenderIsToBeTold(this, NotificationKind.FeedbackQuestion, now));
    }

    /// <summary>Takes what was asked for; the time for the answer goes on.</summary>
    public void Supply(string more, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        Demand("supply", FeedbackState.Asked);
        More = more;
        GoOn(calendar, now);
        Did("supplied", by, now, null);
    }

    /// <summary>Does not take it up, with a reason and the law; also when whoever sent it does not say what was asked.</summary>
    public void Refuse(string reason, string legalBasis, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        Demand("refuse", FeedbackState.Submitted, FeedbackState.Assigned, FeedbackState.Asked);
        GoOn(calendar, now);
        (Reason, LegalBasis, State, DueAt) = (reason, legalBasis, FeedbackState.Refused, null);
        Close(now, now <= Times.RefuseBy.DueAt);
        Did("refused", by, now, ClosedInTime == true ? null : "late");
        Raise(new SenderIsToBeTold(this, NotificationKind.FeedbackRefused, now));
    }

    /// <summary>Answers it, also when whoever sent it does not say what was asked; the answer is to be published soon.</summary>
    public void Reply(string answer, WorkingCalendar calendar, LawInForce law, string by, DateTimeOffset now)
    {
        Demand("answer", FeedbackState.Submitted, FeedbackState.Assigned, FeedbackState.Asked);
        GoOn(calendar, now);
        (Answer, State) = (answer, FeedbackState.Answered);
        Close(now, now <= Times.AnswerBy.DueAt);
        Times = Times with { PublishBy = Deadline.Start(now, law.Term(LawInForce.FeedbackPublication), calendar) };
        DueAt = Times.PublishBy.DueAt;
        Did("answered", by, now, ClosedInTime == true ? null : "late");
        Raise(new SenderIsToBeTold(this, NotificationKind.FeedbackAnswered, now));
    }

    /// <summary>Makes feedback and answer public in words that do not tell who the sender is.</summary>
    public void Publish(string text, string answer, string by, DateTimeOffset now)
    {
        Demand("publish", FeedbackState.Answered);
        foreach (var (words, pointer) in new[] { (text, "/text"), (answer, "/answer") })
            if (Tells(words))
                throw new BusinessRuleException(FeedbackErrors.TellsSender.At(pointer));
        (PublishedText, PublishedAnswer, PublishedAt, State) = (text, answer, now, FeedbackState.Published);
        var late = now > Times.PublishBy!.DueAt;
        DueAt = null;
        Did("published", by, now, late ? "late" : null);
    }

    /// <summary>Notes whether the sender is content with the answer; once.</summary>
    public void Judge(bool satisfied, DateTimeOffset now)
    {
        Demand("judge", FeedbackState.Answered, FeedbackState.Published);
        if (Satisfied is not null)
            throw new BusinessRuleException(FeedbackErrors.JudgedBefore);
        Satisfied = satisfied;
        Did("judged", "", now, null);
    }

    /// <summary>Computes the times anew by a newer version of the calendar.</summary>
    public void FollowCalendar(WorkingCalendar calendar, string reason, DateTimeOffset now)
    {
        if (ClosedAt is not null && State != FeedbackState.Answered)
            return;
        var before = DueAt;
        Times = Times with { AskBy = Times.AskBy.Under(calendar), PublishBy = Times.PublishBy?.Under(calendar) };
        if (State == FeedbackState.Answered)
            DueAt = Times.PublishBy!.DueAt;
        else
            Compute(calendar);
        if (before != DueAt)
            Did("dueTimeMoved", "system", now, reason.Length > 200 ? reason[..200] : reason);
    }

    /// <summary>Takes out who sent it and what was written; what was published tells nobody's name and stays.</summary>
    public void Erase(DateTimeOffset now)
    {
        (Text, More, Question, Reason, Answer, Sender, ErasedAt) = ("", null, null, null, null, new(null, null, null), now);
        Did("personalDataErased", "system", now, null);
    }

    /// <summary>Where the sender is reached on a channel.</summary>
    public string? AddressOn(NotificationChannel channel) => channel == NotificationChannel.Email ? Sender.Email : Sender.Phone;

    /// <summary>Whether somebody with these data may be in charge while an agency has it in hand.</summary>
    public bool IsInReachOf(DataScope reach, string agencyCode) =>
        reach.Kind switch
        {
            DataScopeKind.Province => true,
            DataScopeKind.Centre => reach.Code == CentreCode,
            DataScopeKind.Agency => reach.Code == agencyCode,
            _ => false,
        };

    // Ends the wait for the sender, if there is one: the time that it took is nobody's delay.
    private void GoOn(WorkingCalendar calendar, DateTimeOffset now)
    {
        if (State != FeedbackState.Asked)
            return;
        State = AgencyCode is null ? FeedbackState.Submitted : FeedbackState.Assigned;
        Stops = [.. Stops.SkipLast(1), Stops[^1] with { To = now }];
        Compute(calendar);
    }

    private void Compute(WorkingCalendar calendar)
    {
        var stops = Stops.Where(s => s.To is not null).Select(s => new Suspension(s.From, s.To!.Value)).ToArray();
        Times = Times with { RefuseBy = Without(Times.RefuseBy), AnswerBy = Without(Times.AnswerBy) };
        if (State is FeedbackState.Submitted or FeedbackState.Assigned)
            DueAt = Times.AnswerBy.DueAt;

        Deadline Without(Deadline d) => d with { DueAt = calendar.DueAt(d.From, d.Term, DuePolicy.EndOfDay, stops) };
    }

    private void Close(DateTimeOffset now, bool inTime) => (ClosedAt, ClosedInTime) = (now, inTime);

    private bool Tells(string words) =>
        new[] { Sender.Name, Sender.Phone, Sender.Email }.Any(p =>
            p is { Length: > 2 } && words.Contains(p, StringComparison.OrdinalIgnoreCase)
        );

    private void Demand(string act, params ReadOnlySpan<FeedbackState> possible)
    {
        if (!possible.Contains(State))
            throw new BusinessRuleException(FeedbackErrors.NotPossible.With(act, WordOf(State)));
    }

    private static string WordOf(FeedbackState state) => char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..];

    private void Did(string act, string by, DateTimeOffset now, string? detail)
    {
        Entries = [.. Entries, new(now, act, by, detail)];
        Touch();
    }

    // Nobody counts from one code to the next: the end is part of the random half of the id.
    private static string CodeOf(Guid id, DateTimeOffset now) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"PAKN-{now.LocalDay():yyMMdd}-{id.ToString("N")[^8..].ToUpperInvariant()}"
        );
}

/// <summary>A stretch of time; open while <paramref name="To"/> is null.</summary>
internal sealed record Stretch(DateTimeOffset From, DateTimeOffset? To);

/// <summary>Feedback for whoever has its code and its key.</summary>
internal interface IFeedbackBox
{
    /// <summary>Feedback by its code, whoever asks; the key has to be checked.</summary>
    Task<Feedback?> WithCode(string code, CancellationToken ct);

    Task Save(CancellationToken ct);
}
