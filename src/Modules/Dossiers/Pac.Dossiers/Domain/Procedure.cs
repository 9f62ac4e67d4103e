using System.Linq.Expressions;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>Which level decides.</summary>
internal enum AgencyLevel
{
    /// <summary>A provincial agency.</summary>
    Province,

    /// <summary>The People's Committee of a commune or ward.</summary>
    Commune,

    /// <summary>An agency organised from the ministry down: police, tax, insurance.</summary>
    Vertical,
}

/// <summary>How far a procedure can be done online (mức độ dịch vụ công trực tuyến).</summary>
internal enum OnlineLevel
{
    /// <summary>Wholly (toàn trình).</summary>
    Full,

    /// <summary>In part (một phần).</summary>
    Partial,

    /// <summary>At the counter only.</summary>
    CounterOnly,
}

/// <summary>A component that a procedure asks for.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Required">Whether a dossier without it is incomplete.</param>
/// <param name="FromSharedData">Whether it comes from a shared database, so that no paper may be asked for (Decree 118/2025, art. 5).</param>
internal sealed record RequiredComponent(string Code, string Name, string NameEn, bool Required, bool FromSharedData);

/// <summary>A step of the internal workflow.</summary>
/// <param name="Role">Who works on it.</param>
/// <param name="Hours">Working hours allotted; 8 make a day.</param>
internal sealed record WorkflowStep(string Role, decimal Hours);

/// <summary>A term over one channel.</summary>
/// <param name="Channel">The channel; null for all that have no own term.</param>
/// <param name="Term">The term.</param>
internal sealed record ChannelTerm(Channel? Channel, Term Term);

/// <summary>What one version of a procedure says (Decree 63/2010, art. 8).</summary>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Level">Which level decides.</param>
/// <param name="AgencyCode">The competent agency; null when it is the commune's.</param>
/// <param name="Terms">Terms by channel; empty with a same-day rule or without a due date.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day; null when it is not a same-day procedure.</param>
/// <param name="Policy">At which moment of its last day a term ends.</param>
/// <param name="FeeDong">Fee and charge together, in dong; null when it follows from a tariff.</param>
/// <param name="OnlineLevel">How far it can be done online.</param>
/// <param name="Components">What is asked for.</param>
/// <param name="Steps">The internal workflow.</param>
/// <param name="ToBeConfirmed">Members whose figure the operator has to confirm: <c>code</c>, <c>term</c>, <c>fee</c>, <c>agency</c> …</param>
/// <param name="Source">Where the content comes from.</param>
internal sealed record ProcedureContent(
    string Name,
    string NameEn,
    AgencyLevel Level,
    string? AgencyCode,
    IReadOnlyList<ChannelTerm> Terms,
    TimeOnly? SameDayCutOff,
    DuePolicy Policy,
    long? FeeDong,
    OnlineLevel OnlineLevel,
    IReadOnlyList<RequiredComponent> Components,
    IReadOnlyList<WorkflowStep> Steps,
    IReadOnlyList<string> ToBeConfirmed,
    string Source
)
{
    /// <summary>What is promised over a channel.</summary>
    public TimeLimit LimitFor(Channel channel)
    {
        var term = Terms.FirstOrDefault(t => t.Channel == channel) ?? Terms.FirstOrDefault(t => t.Channel is null);
        return new(SameDayCutOff is null ? term?.Term : null, SameDayCutOff, Policy);
    }

    /// <summary>Checks what was handed in against the published list; nothing outside it may be asked for or taken.</summary>
    public void Check(IReadOnlyList<DossierComponent> given)
    {
        var known = Components.Select(c => c.Code).ToHashSet();
        var seen = new HashSet<string>();
        for (var i = 0; i < given.Count; i++)
        {
            if (!known.Contains(given[i].Code))
                throw new BusinessRuleException(DossierErrors.ComponentUnknown.With(given[i].Code).At($"/documents/{i}/code"));
            if (!seen.Add(given[i].Code))
                throw new BusinessRuleException(DossierErrors.ComponentTwice.With(given[i].Code).At($"/documents/{i}/code"));
        }
        var missing = Components.Where(c => c is { Required: true, FromSharedData: false } && !seen.Contains(c.Code)).ToList();
        if (missing.Count > 0)
            throw new BusinessRuleException(
                DossierErrors.ComponentsMissing.With(string.Join(", ", missing.Select(c => c.Code))).At("/documents")
            );
    }
}

/// <summary>One version of a procedure; never changed once published.</summary>
internal sealed class ProcedureVersion
{
    private ProcedureVersion() { }

    internal ProcedureVersion(ProcedureId procedureId, int number, DateOnly effectiveFrom, string decision, ProcedureContent content)
    {
        ProcedureId = procedureId;
        Number = number;
        EffectiveFrom = effectiveFrom;
        Decision = decision;
        Content = content;
    }

    public ProcedureId ProcedureId { get; private set; }

    public int Number { get; private set; }

    /// <summary>First day it is in force; it ends when the next one begins.</summary>
    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>The decision by which it was published (quyết định công bố).</summary>
    public string Decision { get; private set; } = "";

    public ProcedureContent Content { get; private set; } = null!;
}

/// <summary>An administrative procedure (thủ tục hành chính) of the catalogue.</summary>
internal sealed class Procedure : AggregateRoot
{
    private readonly List<ProcedureVersion> _versions = [];

    private Procedure() { }

    public ProcedureId Id { get; private set; }

    public string Code { get; private set; } = "";

    public string FieldCode { get; private set; } = "";

    /// <summary>Names of the last version, kept beside for the list.</summary>
    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public int LastVersion { get; private set; }

    public IReadOnlyList<ProcedureVersion> Versions => _versions;

    public static Procedure Publish(
        string code,
        string fieldCode,
        DateOnly effectiveFrom,
        string decision,
        ProcedureContent content,
        DateTimeOffset now
    )
    {
        var procedure = new Procedure
        {
            Id = new(Guid.CreateVersion7(now)),
            Code = code,
            FieldCode = fieldCode,
        };
        procedure.Add(effectiveFrom, decision, content);
        return procedure;
    }

    /// <summary>Publishes a new version; it takes effect after the last one.</summary>
    public void Publish(DateOnly effectiveFrom, string decision, ProcedureContent content)
    {
        if (effectiveFrom <= _versions.Max(v => v.EffectiveFrom))
            throw new BusinessRuleException(ProcedureErrors.NotAfterLast.At("/effectiveFrom"));
        Add(effectiveFrom, decision, content);
    }

    /// <summary>The version in force on a day, or null before the first one.</summary>
    public ProcedureVersion? InForceOn(DateOnly day) => _versions.Where(v => v.EffectiveFrom <= day).MaxBy(v => v.EffectiveFrom);

    private void Add(DateOnly effectiveFrom, string decision, ProcedureContent content)
    {
        (Name, NameEn, LastVersion) = (content.Name, content.NameEn, LastVersion + 1);
        _versions.Add(new(Id, LastVersion, effectiveFrom, decision, content));
        Touch();
    }
}

internal sealed class ProcedureWithCode(string code) : Specification<Procedure>
{
    protected override Expression<Func<Procedure, bool>> Build() => p => p.Code == code;
}

internal static class ProcedureErrors
{
    public static readonly Error NotAfterLast = new(
        "dossiers.version-not-after-last",
        ErrorKind.RuleBroken,
        "Phiên bản mới phải có hiệu lực sau phiên bản hiện có.",
        "A new version must take effect after the last one."
    );

    public static readonly Error UnknownField = new(
        "dossiers.unknown-field",
        ErrorKind.RuleBroken,
        "Không có lĩnh vực mang mã này.",
        "There is no field with this code."
    );

    public static readonly Error TermUnclear = new(
        "dossiers.term-unclear",
        ErrorKind.RuleBroken,
        "Nêu thời hạn theo kênh hoặc giờ chốt trong ngày, không nêu cả hai.",
        "State terms by channel or a same-day cut-off, not both."
    );
}
