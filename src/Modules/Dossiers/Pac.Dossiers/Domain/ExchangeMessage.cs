using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct ExchangeMessageId(Guid Value) : IStrongId<ExchangeMessageId>
{
    public static ExchangeMessageId From(Guid value) => new(value);
}

/// <summary>A system that we exchange dossiers with.</summary>
internal enum ExchangePartner
{
    /// <summary>The National Public Service Portal.</summary>
    NationalPortal,

    /// <summary>The system that the province worked with before (VNPT iGate).</summary>
    IGate,
}

/// <summary>Which way a message goes.</summary>
internal enum ExchangeDirection
{
    /// <summary>From us.</summary>
    Outbound,

    /// <summary>To us.</summary>
    Inbound,
}

/// <summary>What a message is about.</summary>
internal enum ExchangeKind
{
    /// <summary>A dossier as a whole.</summary>
    Dossier,

    /// <summary>One act on a dossier.</summary>
    Progress,

    /// <summary>A file that a person handed in there; it is fetched.</summary>
    File,
}

/// <summary>Where a message stands.</summary>
internal enum ExchangeState
{
    /// <summary>It waits for its turn or its next try.</summary>
    Waiting,

    /// <summary>It was taken by the other side, or applied here.</summary>
    Done,

    /// <summary>It is wrong and waits for somebody who mends it.</summary>
    Parked,
}

/// <summary>
/// One message to or from another system. All messages of a dossier together are its ledger of synchronisation: what was said when, when it had
/// happened, and what was answered. When it happened and when it was synchronised are two instants; only the first one judges lateness.
/// </summary>
internal sealed class ExchangeMessage : AggregateRoot
{
    private ExchangeMessage() { }

    public ExchangeMessageId Id { get; private set; }

    /// <summary>Place in the line; the messages of a dossier go in this order.</summary>
    public long Position { get; private set; }

    public ExchangePartner Partner { get; private set; }

    public ExchangeDirection Direction { get; private set; }

    public ExchangeKind Kind { get; private set; }

    /// <summary>The act that is told; null for what comes in and for what is told again.</summary>
    public Guid? EventId { get; private set; }

    public DossierId? DossierId { get; private set; }

    public string? DossierCode { get; private set; }

    /// <summary>Status that was stated.</summary>
    public DossierStatus? Status { get; private set; }

    public ExchangeState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When it happened, by the system where it happened.</summary>
    public DateTimeOffset? OccurredAt { get; private set; }

    /// <summary>When the other side took it, or when it was applied here.</summary>
    public DateTimeOffset? SyncedAt { get; private set; }

    /// <summary>What was answered, as a word: <c>taken</c>, <c>applied</c>, <c>repeated</c>, <c>older</c>, or why it failed.</summary>
    public string? Answer { get; private set; }

    /// <summary>An inbound message as it came; the same one twice is one.</summary>
    public string? Key { get; private set; }

    /// <summary>What the other side wrote, sealed, for it names a person.</summary>
    [Personal]
    public byte[]? Sealed { get; private set; }

    /// <summary>The same as an earlier version kept it, until the next migrate seals it.</summary>
    [Personal]
    public string? Plain { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Takes a message in as it came; it is understood and applied afterwards.</summary>
    public static ExchangeMessage Receive(ExchangePartner partner, byte[]? text, string key, DateTimeOffset now) =>
        new()
        {
            Id = new(Guid.CreateVersion7(now)),
            Partner = partner,
            Direction = ExchangeDirection.Inbound,
            Sealed = text,
            Key = key,
            NextAttemptAt = now,
            CreatedAt = now,
        };

    /// <summary>A file that a message names; it is fetched afterwards, and whatever is wrong with it holds up nothing else.</summary>
    public ExchangeMessage WithFile(DossierId dossier, byte[] text, string key, DateTimeOffset now) =>
        new()
        {
            Id = new(Guid.CreateVersion7(now)),
            Partner = Partner,
            Direction = ExchangeDirection.Inbound,
            Kind = ExchangeKind.File,
            DossierId = dossier,
            DossierCode = DossierCode,
            OccurredAt = OccurredAt,
            Sealed = text,
            Key = key,
            NextAttemptAt = now,
            CreatedAt = now,
        };

    /// <summary>What the other side wrote; null when it is not kept.</summary>
    public string? TextBy(IMessageSeals seals) => Sealed is { } text ? seals.Open(text) : Plain;

    /// <summary>Keeps another text in place of what was written.</summary>
    public void Keep(byte[] text) => (Sealed, Plain) = (text, null);

    /// <summary>Puts a parked message back in line, mended when another text is given.</summary>
    public void Replay(byte[]? mended, DateTimeOffset now)
    {
        if (State != ExchangeState.Parked)
            throw new BusinessRuleException(ExchangeErrors.AlreadyStated);
        if (mended is not null && Direction == ExchangeDirection.Inbound)
            Keep(mended);
        (State, Attempts, NextAttemptAt, Answer) = (ExchangeState.Waiting, 0, now, null);
        Touch();
    }

    /// <summary>Notes which dossier it is about and when that happened.</summary>
    public void Understand(string code, DossierId? dossier, DossierStatus status, DateTimeOffset occurredAt) =>
        (DossierCode, DossierId, Status, OccurredAt) = (code, dossier, status, occurredAt);

    public void Finish(string answer, DateTimeOffset now)
    {
        (State, Answer, SyncedAt) = (ExchangeState.Done, answer, now);
        Touch();
    }

    public void Park(string why)
    {
        (State, Answer) = (ExchangeState.Parked, why);
        Touch();
    }
}

/// <summary>What other systems wrote, as it may be kept: sealed, and known again by what cannot be turned back.</summary>
internal interface IMessageSeals
{
    byte[] Close(string text);

    string Open(byte[] text);

    /// <summary>The same text has the same key.</summary>
    ValueTask<string> KeyOf(string text, CancellationToken ct);

    /// <summary>The key of the text with this SHA-256.</summary>
    ValueTask<string> KeyOfHash(string hash, CancellationToken ct);
}

/// <summary>A comparison of what both sides say, night by night.</summary>
internal sealed class Reconciliation
{
    private Reconciliation() { }

    public Guid Id { get; private set; }

    public ExchangePartner Partner { get; private set; }

    /// <summary>First day of reception that is compared.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day of reception that is compared.</summary>
    public DateOnly To { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public int Compared { get; private set; }

    public int Differing { get; private set; }

    /// <summary>The first of them, to be shown at once; all of them lie in rows of their own.</summary>
    public IReadOnlyList<StatusDifference> Differences { get; private set; } = [];

    public static Reconciliation Of(
        ExchangePartner partner,
        DateOnly from,
        DateOnly to,
        int compared,
        IReadOnlyList<StatusDifference> differences,
        DateTimeOffset startedAt
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(startedAt),
            Partner = partner,
            From = from,
            To = to,
            StartedAt = startedAt,
            Compared = compared,
            Differing = differences.Count,
            Differences = [.. differences.Take(MostShown)],
        };

    /// <summary>How many stand in the report itself.</summary>
    public const int MostShown = 100;
}

/// <summary>One difference that a comparison found. Written by statement only.</summary>
internal sealed class ReconciliationDifference
{
    private ReconciliationDifference() { }

    public Guid ReconciliationId { get; private set; }

    /// <summary>Place in the report, from 1.</summary>
    public long Number { get; private set; }

    public string Code { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public int? Here { get; private set; }

    public int? There { get; private set; }

    public StatedBy? StatedBy { get; private set; }
}

/// <summary>Something on which both sides do not agree.</summary>
/// <param name="Code">Code of the dossier.</param>
/// <param name="Kind"><c>missing-there</c>, <c>missing-here</c> or <c>status-differs</c>.</param>
/// <param name="Here">National code of the status here.</param>
/// <param name="There">National code of the status there.</param>
/// <param name="StatedBy">Which system may state it.</param>
internal sealed record StatusDifference(string Code, string Kind, int? Here, int? There, StatedBy? StatedBy)
{
    /// <summary>Compares both lists by code and status.</summary>
    public static IReadOnlyList<StatusDifference> Between(
        IReadOnlyDictionary<string, (DossierStatus Status, StatedBy StatedBy)> here,
        IReadOnlyDictionary<string, int> there
    ) =>
        [
            .. here
                .Keys.Union(there.Keys)
                .Order(StringComparer.Ordinal)
                .Select(code =>
                {
                    var known = here.TryGetValue(code, out var ours);
                    var told = there.TryGetValue(code, out var theirs);
                    return !known ? new StatusDifference(code, "missing-here", null, theirs, null)
                        : !told ? new(code, "missing-there", (int)ours.Status, null, ours.StatedBy)
                        : (int)ours.Status != theirs ? new(code, "status-differs", (int)ours.Status, theirs, ours.StatedBy)
                        : null;
                })
                .OfType<StatusDifference>(),
        ];
}
