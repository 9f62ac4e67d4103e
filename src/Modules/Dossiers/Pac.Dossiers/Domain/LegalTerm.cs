using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>A figure of the law with the days on which it is in force. A new figure is a new row; dossiers keep what held when the term began.</summary>
internal sealed class LegalTerm
{
    private LegalTerm() { }

    public LegalTerm(
        string code,
        decimal value,
        TermUnit? unit,
        TimeOnly? timeOfDay,
        DateOnly effectiveFrom,
        string name,
        string nameEn,
        string basis,
        bool toBeConfirmed
    )
    {
        (Code, Value, Unit, TimeOfDay, EffectiveFrom) = (code, value, unit, timeOfDay, effectiveFrom);
        (Name, NameEn, Basis, ToBeConfirmed) = (name, nameEn, basis, toBeConfirmed);
    }

    /// <summary>Stable word, such as <c>intake.online</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>How many units, or how many times.</summary>
    public decimal Value { get; private set; }

    /// <summary>In what it is counted; null for a number of times or a time of day.</summary>
    public TermUnit? Unit { get; private set; }

    /// <summary>A local time of the day, where the figure is one.</summary>
    public TimeOnly? TimeOfDay { get; private set; }

    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>What it says, in Vietnamese.</summary>
    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public string Basis { get; private set; } = "";

    public bool ToBeConfirmed { get; private set; }
}

/// <summary>The figures of the law in force on a day.</summary>
internal sealed class LawInForce(IEnumerable<LegalTerm> terms)
{
    public const string OnlineIntake = "intake.online";
    public const string TransferCutOff = "transfer.cut-off";
    public const string TransferNextDay = "transfer.next-day";
    public const string SupplementRequests = "supplement.requests";
    public const string SupplementAnswer = "supplement.answer";
    public const string Extensions = "extension.times";
    public const string ExtensionNotice = "extension.notice";
    public const string LinkedLastHour = "linked.last-hour";
    public const string FeedbackRefusal = "feedback.refuse";
    public const string FeedbackQuestion = "feedback.ask";
    public const string FeedbackAnswer = "feedback.answer";
    public const string FeedbackPublication = "feedback.publish";
    public const string QuietFrom = "notification.quiet-from";
    public const string QuietUntil = "notification.quiet-until";

    private readonly Dictionary<string, LegalTerm> _terms = terms
        .GroupBy(t => t.Code)
        .ToDictionary(g => g.Key, g => g.MaxBy(t => t.EffectiveFrom)!);

    public Term Term(string code) => new(_terms[code].Value, _terms[code].Unit!.Value);

    public int Times(string code) => (int)_terms[code].Value;

    public TimeOnly Time(string code) => _terms[code].TimeOfDay!.Value;

    public string Basis(string code) => _terms[code].Basis;
}

/// <summary>The law as acts need it.</summary>
internal interface ILaw
{
    Task<LawInForce> On(DateOnly day, CancellationToken ct);
}
