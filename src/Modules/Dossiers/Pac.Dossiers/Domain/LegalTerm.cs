using Pac.SharedKernel;
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
        bool toBeConfirmed,
        string fieldCode = ""
    )
    {
        FieldCode = fieldCode;
        (Code, Value, Unit, TimeOfDay, EffectiveFrom) = (code, value, unit, timeOfDay, effectiveFrom);
        (Name, NameEn, Basis, ToBeConfirmed) = (name, nameEn, basis, toBeConfirmed);
    }

    /// <summary>Stable word, such as <c>intake.online</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The field whose special law sets it (luật chuyên ngành); empty for the general one.</summary>
    public string FieldCode { get; private set; } = "";

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

    /// <summary>Who confirmed it; null while nobody has.</summary>
    public string? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>
    /// Another figure from a day on, for everybody or by the special law of a field. It lies ahead, so that nothing that was judged by the one
    /// before is judged anew.
    /// </summary>
    /// <param name="figure">How many units or times, in what unit, or a time of the day.</param>
    /// <param name="effectiveFrom">First day in force.</param>
    /// <param name="basis">Where it stands.</param>
    /// <param name="fieldCode">The field; empty for everybody.</param>
    /// <param name="last">The last day from which one of that field is in force.</param>
    /// <param name="today">Today.</param>
    /// <exception cref="BusinessRuleException">It is not later, or of another kind.</exception>
    public LegalTerm Next(
        (decimal Value, TermUnit? Unit, TimeOnly? TimeOfDay) figure,
        DateOnly effectiveFrom,
        string basis,
        string fieldCode,
        DateOnly? last,
        DateOnly today
    )
    {
        if (effectiveFrom <= today || effectiveFrom <= last)
            throw new BusinessRuleException(
                LawErrors
                    .NotLater.With((last ?? today).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
                    .At("/effectiveFrom")
            );
        if (figure.Unit is null != Unit is null || figure.TimeOfDay is null != TimeOfDay is null)
            throw new BusinessRuleException(LawErrors.OtherKind.At("/unit"));
        return new(Code, figure.Value, figure.Unit, figure.TimeOfDay, effectiveFrom, Name, NameEn, basis, true, fieldCode);
    }

    /// <summary>The same figure by the special law of a field, or another one.</summary>
    public LegalTerm For(string fieldCode) =>
        new(Code, Value, Unit, TimeOfDay, EffectiveFrom, Name, NameEn, Basis, ToBeConfirmed, fieldCode);

    /// <summary>Notes that the operator has compared it with the law.</summary>
    public void Confirm(string by, DateTimeOffset now)
    {
        if (!ToBeConfirmed)
            throw new BusinessRuleException(LawErrors.Confirmed);
        (ToBeConfirmed, ConfirmedBy, ConfirmedAt) = (false, by, now);
    }
}

/// <summary>The figures of the law in force on a day. What the special law of a field says goes before the general law.</summary>
internal sealed class LawInForce(IEnumerable<LegalTerm> terms)
{
    public const string OnlineIntake = "intake.online";
    public const string OnlineDisplay = "intake.display";
    public const string TransferCutOff = "transfer.cut-off";
    public const string TransferNextDay = "transfer.next-day";
    public const string SupplementRequests = "supplement.requests";
    public const string SupplementAnswer = "supplement.answer";
    public const string Extensions = "extension.times";
    public const string ExtensionNotice = "extension.notice";
    public const string ResultHandOut = "result.hand-out";
    public const string CorrectionReturn = "correction.return";
    public const string CorrectionTell = "correction.tell";
    public const string DueSoon = "queue.due-soon";
    public const string LinkedLastHour = "linked.last-hour";
    public const string FeedbackRefusal = "feedback.refuse";
    public const string FeedbackQuestion = "feedback.ask";
    public const string FeedbackAnswer = "feedback.answer";
    public const string FeedbackPublication = "feedback.publish";
    public const string CataloguePublication = "catalogue.publish";
    public const string CatalogueDecision = "catalogue.decide";
    public const string QuietFrom = "notification.quiet-from";
    public const string QuietUntil = "notification.quiet-until";

    private readonly Dictionary<(string Code, string Field), LegalTerm> _terms = terms
        .GroupBy(t => (t.Code, t.FieldCode))
        .ToDictionary(g => g.Key, g => g.MaxBy(t => t.EffectiveFrom)!);

    public Term Term(string code, string fieldCode = "") => Find(code, fieldCode)!.Value;

    /// <summary>A term that not every field has; null where there is none.</summary>
    public Term? Find(string code, string fieldCode) => Row(code, fieldCode) is { Unit: { } unit } row ? new(row.Value, unit) : null;

    public int Times(string code) => (int)_terms[(code, "")].Value;

    public TimeOnly Time(string code) => _terms[(code, "")].TimeOfDay!.Value;

    public string Basis(string code, string fieldCode = "") => Row(code, fieldCode)!.Basis;

    private LegalTerm? Row(string code, string fieldCode) =>
        _terms.GetValueOrDefault((code, fieldCode)) ?? _terms.GetValueOrDefault((code, ""));
}

/// <summary>The law as acts need it.</summary>
internal interface ILaw
{
    Task<LawInForce> On(DateOnly day, CancellationToken ct);
}
