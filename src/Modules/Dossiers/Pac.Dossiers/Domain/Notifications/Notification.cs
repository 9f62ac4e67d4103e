using Pac.BuildingBlocks.Auditing;

namespace Pac.Dossiers.Domain.Notifications;

/// <summary>The way by which a person is told.</summary>
internal enum NotificationChannel
{
    /// <summary>A letter (thư điện tử).</summary>
    Email,

    /// <summary>A short message (tin nhắn SMS).</summary>
    Sms,

    /// <summary>A message in Zalo (tin ZNS).</summary>
    Zalo,
}

/// <summary>The language in which a person wants to be told.</summary>
internal enum TextLanguage
{
    /// <summary>Vietnamese.</summary>
    Vi,

    /// <summary>English.</summary>
    En,
}

/// <summary>What a person is told.</summary>
internal enum NotificationKind
{
    /// <summary>The dossier was received, and when the result is due.</summary>
    Received,

    /// <summary>Papers are asked for: which, and until when.</summary>
    SupplementRequested,

    /// <summary>A change of the calendar moved the time for the papers.</summary>
    AnswerTimeMoved,

    /// <summary>A change of the calendar moved the day of the result.</summary>
    DueTimeMoved,

    /// <summary>The work goes on, or counts anew, and there is a new day for the result.</summary>
    DueTimeSet,

    /// <summary>The result comes later, with an apology.</summary>
    Extended,

    /// <summary>Another centre goes on with it, and the result is returned there.</summary>
    ReturnPlaceMoved,

    /// <summary>Something is to be paid.</summary>
    PaymentDemanded,

    /// <summary>The result is ready.</summary>
    ResultReady,

    /// <summary>The result was given back.</summary>
    Returned,

    /// <summary>The dossier was not accepted, or the answer is a refusal.</summary>
    Refused,

    /// <summary>The work on the dossier was stopped.</summary>
    Stopped,

    /// <summary>It was decided whether the person gets the dossier back.</summary>
    WithdrawalDecided,

    /// <summary>The person is asked to rate the service.</summary>
    RatingInvitation,

    /// <summary>Feedback was answered.</summary>
    FeedbackAnswered,

    /// <summary>More is asked about feedback.</summary>
    FeedbackQuestion,

    /// <summary>Feedback is not taken up.</summary>
    FeedbackRefused,
}

/// <summary>Where a notification stands.</summary>
internal enum NotificationState
{
    /// <summary>It waits for its turn, for the end of the quiet hours, or for its next try.</summary>
    Waiting,

    /// <summary>It was taken by the mail server or the gateway.</summary>
    Sent,

    /// <summary>It was refused for good, or the last try has failed as well.</summary>
    GivenUp,

    /// <summary>A newer fact had overtaken it before it was sent.</summary>
    Superseded,

    /// <summary>The channel is not set up, or the text for it is missing.</summary>
    NotConfigured,

    /// <summary>The person wants nothing on this channel any more, or has no address on it.</summary>
    NotWanted,
}

/// <summary>What became of a message after the gateway took it (báo cáo gửi tin).</summary>
internal enum DeliveryReport
{
    /// <summary>The gateway has handed it on; nothing more is known.</summary>
    OnItsWay,

    /// <summary>It did not reach the person.</summary>
    Failed,

    /// <summary>It reached the device of the person.</summary>
    Delivered,

    /// <summary>The person has opened it.</summary>
    Read,
}

/// <summary>What a gateway tells of a message.</summary>
/// <param name="Id">Our key; empty when it names none.</param>
/// <param name="Receipt">Its own number.</param>
/// <param name="State">What became of it.</param>
/// <param name="At">When.</param>
/// <param name="Error">Why it failed, as a word.</param>
internal sealed record DeliveryTold(Guid Id, string? Receipt, DeliveryReport State, DateTimeOffset At, string? Error);

/// <summary>Why there is a new day for the result.</summary>
internal enum DueTimeCause
{
    /// <summary>What was asked for is complete; time counts anew (Decree 118/2025, art. 11).</summary>
    PapersComplete,

    /// <summary>What was demanded is paid.</summary>
    Paid,

    /// <summary>Nothing more is to be paid.</summary>
    Exempted,

    /// <summary>The dossier was opened again.</summary>
    Reopened,

    /// <summary>Another version of the procedure holds.</summary>
    OtherVersion,

    /// <summary>Linked dossiers have one appointment.</summary>
    Linked,

    /// <summary>Working days have changed.</summary>
    Calendar,
}

/// <summary>What the person wishes, as said at reception or since.</summary>
/// <param name="Language">In which language.</param>
/// <param name="Channels">On which channels; on none when empty.</param>
internal sealed record NotificationWish(TextLanguage Language, IReadOnlyList<NotificationChannel> Channels)
{
    /// <summary>What holds while the person has said nothing. Zalo needs the person's own consent.</summary>
    public static readonly NotificationWish Usual = new(TextLanguage.Vi, [NotificationChannel.Email, NotificationChannel.Sms]);
}

/// <summary>A paper that is asked for.</summary>
/// <param name="Code">Code of the component.</param>
/// <param name="Reason">Why.</param>
internal sealed record AskedItem(string Code, string Reason);

/// <summary>What was true when it happened; texts are made of it.</summary>
internal sealed record NotificationFacts
{
    /// <summary>When the result is due since.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was due before.</summary>
    public DateTimeOffset? OldDueAt { get; init; }

    /// <summary>Whether the day is the one appointment of linked dossiers.</summary>
    public bool Appointment { get; init; }

    /// <summary>Until when the person may answer.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    public IReadOnlyList<AskedItem>? Items { get; init; }

    public long? AmountDong { get; init; }

    /// <summary>Number of the demand.</summary>
    public int? Payment { get; init; }

    public string? Reason { get; init; }

    /// <summary>Why there is a new day for the result.</summary>
    public DueTimeCause? Cause { get; init; }

    /// <summary>Whether a wish was granted.</summary>
    public bool? Granted { get; init; }
}

/// <summary>
/// One message to one person about one act on one channel, written in the transaction of the act. Where it goes is read when it is sent, so
/// that the address is kept in one place. Claimed and finished by statement only.
/// </summary>
internal sealed class Notification
{
    // More than one act has people told on all channels together.
    private const int MostOfOne = 8;

    private Notification() { }

    public Guid Id { get; private set; }

    /// <summary>Place in the line; on one channel what concerns a dossier leaves in this order.</summary>
    public long Position { get; private set; }

    public DossierId? DossierId { get; private set; }

    public FeedbackId? FeedbackId { get; private set; }

    /// <summary>Which act on the dossier or the feedback it tells of.</summary>
    public int Revision { get; private set; }

    public NotificationKind Kind { get; private set; }

    public NotificationChannel Channel { get; private set; }

    public TextLanguage Language { get; private set; }

    public NotificationFacts Facts { get; private set; } = new();

    public NotificationState State { get; private set; }

    /// <summary>Tries begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not to be tried before; also the end of the lease of a try under way.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When the act was done.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>When the last try ended.</summary>
    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>Why it was not sent: a word, never what the other side wrote.</summary>
    public string? LastError { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>By what the gateway knows the message.</summary>
    public string? Receipt { get; private set; }

    /// <summary>What became of it, as far as the gateway has told; null while it has told nothing.</summary>
    public DeliveryReport? Delivery { get; private set; }

    /// <summary>When that happened, by the gateway.</summary>
    public DateTimeOffset? DeliveryAt { get; private set; }

    /// <summary>Why it did not reach the person, as the gateway's word.</summary>
    public string? DeliveryError { get; private set; }

    /// <summary>Where it went, its middle hidden.</summary>
    public string? Address { get; private set; }

    /// <summary>What was sent, without the name of the person.</summary>
    [Personal]
    public string? Text { get; private set; }

    /// <summary>What an act on a dossier has its holder told.</summary>
    /// <param name="act">The act.</param>
    /// <param name="number">Which act on the dossier it is.</param>
    public static IEnumerable<Notification> Of(IDossierAct act, int number)
    {
        var dossier = act.Dossier;
        // Whoever states the status tells the person as well.
        if (dossier.StatedBy != StatedBy.Pac)
            yield break;
        var wish = dossier.Wish ?? NotificationWish.Usual;
        List<NotificationChannel> channels = [.. wish.Channels.Where(c => dossier.AddressOn(c) is not null)];
        var place = number * MostOfOne;
        foreach (var (kind, facts) in Told(act).Concat(TimeTold(act)))
        {
            // An invitation on every channel would be a nuisance.
            var used = kind == NotificationKind.RatingInvitation ? channels.Take(1) : channels;
            foreach (var channel in used)
                yield return Write(dossier.Id, null, number, kind, channel, wish.Language, facts, act.At, place++);
        }
    }

    /// <summary>What the sender of feedback is told, on one channel.</summary>
    public static IEnumerable<Notification> Of(SenderIsToBeTold told)
    {
        var feedback = told.Feedback;
        foreach (var channel in NotificationWish.Usual.Channels.Where(c => feedback.AddressOn(c) is not null).Take(1))
            yield return Write(
                null,
                feedback.Id,
                feedback.Revision,
                told.Kind,
                channel,
                feedback.Language,
                new(),
                told.At,
                feedback.Revision
            );
    }

    /// <summary>Whether it still tells the truth. What a newer fact has overtaken is not sent.</summary>
    public bool Holds(Dossier dossier, DateTimeOffset now) =>
        Kind switch
        {
            NotificationKind.Received => dossier.SettledAt is null,
            NotificationKind.SupplementRequested or NotificationKind.AnswerTimeMoved => dossier.Supplements is [.., var last]
                && last.IsOpen()
                && last.Answer.DueAt == Facts.AnswerBy
                && last.Answer.DueAt > now,
            NotificationKind.DueTimeMoved or NotificationKind.Extended => dossier.SettledAt is null
                && (Facts.Appointment ? dossier.PromisedAt : dossier.DueAt) == Facts.DueAt
                && Facts.DueAt > now,
            // The appointment of linked dossiers may be later than what is due of one of them.
            NotificationKind.DueTimeSet => dossier.SettledAt is null
                && (dossier.DueAt == Facts.DueAt || dossier.PromisedAt == Facts.DueAt)
                && Facts.DueAt > now,
            NotificationKind.PaymentDemanded => dossier.Payments.Any(p => p.Number == Facts.Payment && p.Status == PaymentStatus.Waiting),
            NotificationKind.ReturnPlaceMoved => dossier.ReturnedAt is null,
            NotificationKind.ResultReady => dossier.Status == DossierStatus.Completed,
            NotificationKind.Returned or NotificationKind.RatingInvitation => dossier.Status == DossierStatus.Returned,
            NotificationKind.Refused or NotificationKind.Stopped => dossier.SettledAt is not null,
            NotificationKind.WithdrawalDecided => dossier.Withdrawal?.Granted == Facts.Granted,
            _ => true,
        };

    private static IEnumerable<(NotificationKind Kind, NotificationFacts Facts)> Told(IDossierAct act)
    {
        var d = act.Dossier;
        switch (act)
        {
            case DossierWasReceived:
                yield return (NotificationKind.Received, new() { DueAt = d.DueAt });
                break;
            case SupplementWasRequested:
                var asked = d.Supplements[^1];
                yield return (NotificationKind.SupplementRequested, Asked(asked));
                break;
            case DueTimeMoved { Which: "supplement", After: not null } moved:
                yield return (NotificationKind.AnswerTimeMoved, Asked(d.Supplements[^1]) with { AnswerBy = moved.After });
                break;
            // What stands still is due again when it goes on; whoever waits is told then, see TimeTold.
            case DueTimeMoved { Which: "due", Before: not null, After: not null } moved when !d.IsQuiet(moved):
                yield return (
                    NotificationKind.DueTimeMoved,
                    new()
                    {
                        OldDueAt = moved.Before,
                        DueAt = moved.After,
                        Reason = moved.Reason,
                    }
                );
                break;
            case LinkedAppointmentMoved { Before: not null, Told: false } moved:
                yield return (
                    NotificationKind.DueTimeMoved,
                    new()
                    {
                        OldDueAt = moved.Before,
                        DueAt = moved.After,
                        Appointment = true,
                        Reason = "Ngày hẹn chung của các hồ sơ liên thông thay đổi",
                    }
                );
                break;
            case DossierWasExtended:
                var e = d.Extension!;
                yield return (
                    NotificationKind.Extended,
                    new()
                    {
                        OldDueAt = e.OldDueAt,
                        DueAt = e.NewDueAt,
                        Reason = e.Reason,
                    }
                );
                break;
            case DossierWasPassedToCentre { ReturnMoved: true } passed:
                yield return (NotificationKind.ReturnPlaceMoved, new() { Reason = passed.Decision });
                break;
            case PaymentWasRequested { Payment: var p }:
                yield return (
                    NotificationKind.PaymentDemanded,
                    new()
                    {
                        AmountDong = p.AmountDong,
                        Payment = p.Number,
                        Reason = p.Notice,
                    }
                );
                break;
            case DossierWasSettled when d.Outcome == Outcome.Result:
                yield return (NotificationKind.ResultReady, new());
                break;
            case DossierWasSettled:
                yield return (NotificationKind.Refused, new() { Reason = d.Result?.Reason });
                break;
            case DossierWasRejected or SupplementExpired when d.Outcome == Outcome.Rejection:
                yield return (NotificationKind.Refused, new() { Reason = d.Closing?.Reason });
                break;
            case DossierWasStopped or SupplementExpired:
                yield return (NotificationKind.Stopped, new() { Reason = d.Closing?.Reason });
                break;
            case DossierWasWithdrawn:
                yield return (NotificationKind.WithdrawalDecided, new() { Granted = true });
                break;
            case WithdrawalWasRefused:
                yield return (NotificationKind.WithdrawalDecided, new() { Granted = false, Reason = d.Withdrawal?.Decision });
                break;
            case DossierWasReturned:
                yield return (NotificationKind.Returned, new());
                yield return (NotificationKind.RatingInvitation, new());
                break;
        }
    }

    // Whatever sets the clock going again has the new day told, unless it is the one that was told last.
    private static IEnumerable<(NotificationKind Kind, NotificationFacts Facts)> TimeTold(IDossierAct act)
    {
        if (act.Dossier.DueTimeToTell(act) is { } change)
            yield return (
                NotificationKind.DueTimeSet,
                new()
                {
                    OldDueAt = change.OldDueAt,
                    DueAt = change.DueAt,
                    Cause = change.Cause,
                }
            );
    }

    private static NotificationFacts Asked(Supplement asked) =>
        new() { AnswerBy = asked.Answer.DueAt, Items = [.. asked.Items.Select(i => new AskedItem(i.Code, i.Reason))] };

    private static Notification Write(
        DossierId? dossier,
        FeedbackId? feedback,
        int revision,
        NotificationKind kind,
        NotificationChannel channel,
        TextLanguage language,
        NotificationFacts facts,
        DateTimeOffset at,
        int place
    ) =>
        new()
        {
            // Rows are written in the order of their ids, and so they stand in line.
            Id = TimelineEntry.InOrder(at, place),
            DossierId = dossier,
            FeedbackId = feedback,
            Revision = revision,
            Kind = kind,
            Channel = channel,
            Language = language,
            Facts = facts,
            OccurredAt = at,
            NextAttemptAt = at,
        };
}
