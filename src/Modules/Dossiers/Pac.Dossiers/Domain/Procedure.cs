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
/// <param name="Quantity">How many are asked for.</param>
/// <param name="Kind">In which form it is asked for; null for any.</param>
/// <param name="Variants">Only in these variants; null for all.</param>
/// <param name="Step">By which step of the workflow it must be there; null at reception.</param>
internal sealed record RequiredComponent(
    string Code,
    string Name,
    string NameEn,
    bool Required,
    bool FromSharedData,
    int Quantity = 1,
    CopyKind? Kind = null,
    IReadOnlyList<string>? Variants = null,
    int? Step = null
)
{
    /// <summary>Whether a dossier cannot be received without it.</summary>
    internal bool NeededAtReception => Required && !FromSharedData && (Step ?? 1) == 1;
}

/// <summary>Another agency that is asked while a step lasts; several are asked in parallel (lấy ý kiến phối hợp).</summary>
/// <param name="Role">Who answers.</param>
/// <param name="Hours">Working hours allotted, at most those of the step; 8 make a day.</param>
/// <param name="AgencyCode">The agency; left out when it depends on the dossier.</param>
internal sealed record Consultation(string Role, decimal Hours, string? AgencyCode = null);

/// <summary>A step of the internal workflow.</summary>
/// <param name="Role">Who works on it.</param>
/// <param name="Hours">Working hours allotted; 8 make a day.</param>
/// <param name="Consultations">Who is asked while it lasts.</param>
internal sealed record WorkflowStep(string Role, decimal Hours, IReadOnlyList<Consultation>? Consultations = null);

/// <summary>A case of the procedure with rules of its own (trường hợp).</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Terms">Its terms by channel; those of the procedure when empty and there is no cut-off.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day.</param>
/// <param name="Steps">Its workflow; that of the procedure when null.</param>
internal sealed record ProcedureVariant(
    string Code,
    string Name,
    string NameEn,
    IReadOnlyList<ChannelTerm> Terms,
    TimeOnly? SameDayCutOff = null,
    IReadOnlyList<WorkflowStep>? Steps = null
);

/// <summary>What else holds for a procedure. That it is done on the same day follows from its cut-off.</summary>
/// <param name="AllowsAuthorisation">Whether somebody else may file with an authorisation.</param>
/// <param name="NonTerritorial">Whether any centre of the province receives it (Decree 118/2025, art. 14).</param>
/// <param name="ResultMandatory">Whether it ends with a document (bắt buộc có kết quả).</param>
/// <param name="NoDueDate">Whether nothing is promised (không có ngày hẹn trả).</param>
/// <param name="PayBefore">Whether it is paid before work begins.</param>
/// <param name="ElectronicResult">Whether its result needs at least one file (bắt buộc có kết quả điện tử).</param>
internal sealed record ProcedureFlags(
    bool AllowsAuthorisation = true,
    bool NonTerritorial = true,
    bool ResultMandatory = true,
    bool NoDueDate = false,
    bool PayBefore = false,
    bool ElectronicResult = false
)
{
    /// <summary>What holds where nothing is said.</summary>
    public static readonly ProcedureFlags Usual = new();
}

/// <summary>A part that a procedure must have to be complete (Decree 63/2010/NĐ-CP, art. 8(2); index 1.3).</summary>
internal enum MandatoryPart
{
    /// <summary>Its name.</summary>
    Name,

    /// <summary>The order of its steps.</summary>
    Steps,

    /// <summary>The ways in which it is done.</summary>
    Channels,

    /// <summary>Components and number of sets.</summary>
    Components,

    /// <summary>The time limit.</summary>
    TimeLimit,

    /// <summary>Who may apply.</summary>
    Applicants,

    /// <summary>Who decides.</summary>
    Agency,
}

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
    /// <summary>Cases with rules of their own.</summary>
    public IReadOnlyList<ProcedureVariant> Variants { get; init; } = [];

    /// <summary>Groups of people for whom another price holds.</summary>
    public IReadOnlyList<PersonGroup> PersonGroups { get; init; } = [];

    /// <summary>Prices by line; when empty, <see cref="FeeDong"/> is all there is.</summary>
    public IReadOnlyList<FeeRule> Fees { get; init; } = [];

    /// <summary>Who pays nothing.</summary>
    public IReadOnlyList<FeeExemption> Exemptions { get; init; } = [];

    /// <summary>What else holds.</summary>
    public ProcedureFlags Flags { get; init; } = ProcedureFlags.Usual;

    /// <summary>How many sets are handed in; null when it is not stated.</summary>
    public int? Sets { get; init; }

    /// <summary>Who may apply; empty when it is not stated.</summary>
    public IReadOnlyList<ApplicantKind> ApplicantKinds { get; init; } = [];

    /// <summary>How it can be handed in; empty when it is not stated.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>The centres that receive it, when not all do.</summary>
    public IReadOnlyList<string> CentreCodes { get; init; } = [];

    /// <summary>What it ends with, in Vietnamese.</summary>
    public string? Result { get; init; }

    /// <summary>What it ends with, in English.</summary>
    public string? ResultEn { get; init; }

    /// <summary>What must be fulfilled, in Vietnamese.</summary>
    public string? Conditions { get; init; }

    /// <summary>What must be fulfilled, in English.</summary>
    public string? ConditionsEn { get; init; }

    /// <summary>The instruments it rests on.</summary>
    public IReadOnlyList<string> LegalBasisIds { get; init; } = [];

    /// <summary>The template that its steps were taken from.</summary>
    public string? Workflow { get; init; }

    /// <summary>The content as it holds for a variant: its components, terms and steps.</summary>
    /// <exception cref="BusinessRuleException">There is no such variant.</exception>
    public ProcedureContent For(string? variantCode)
    {
        // Most procedures have but one case, and nothing is made anew for them.
        if (variantCode is null && !Components.Any(c => c.Variants is { Count: > 0 }))
            return this;
        var components = Components.Where(c =>
            c.Variants is not { Count: > 0 } only || variantCode is not null && only.Contains(variantCode)
        );
        if (variantCode is null)
            return this with { Components = [.. components] };
        var variant =
            Variants.FirstOrDefault(v => v.Code == variantCode)
            ?? throw new BusinessRuleException(CatalogueErrors.UnknownVariant.With(variantCode).At("/variantCode"));
        var ownTime = variant.Terms.Count > 0 || variant.SameDayCutOff is not null;
        return this with
        {
            Components = [.. components],
            Terms = ownTime ? variant.Terms : Terms,
            SameDayCutOff = ownTime ? variant.SameDayCutOff : SameDayCutOff,
            Steps = variant.Steps ?? Steps,
        };
    }

    /// <summary>The mandatory parts that are not stated.</summary>
    public IReadOnlyList<MandatoryPart> MissingParts()
    {
        (MandatoryPart Part, bool There)[] parts =
        [
            (MandatoryPart.Name, Name.Length > 0 && NameEn.Length > 0),
            (MandatoryPart.Steps, Steps.Count > 0),
            (MandatoryPart.Channels, Channels.Count > 0),
            (MandatoryPart.Components, Sets > 0),
            (MandatoryPart.TimeLimit, Terms.Count > 0 || SameDayCutOff is not null || Flags.NoDueDate),
            (MandatoryPart.Applicants, ApplicantKinds.Count > 0),
            (MandatoryPart.Agency, AgencyCode is not null || Level == AgencyLevel.Commune),
        ];
        return [.. parts.Where(p => !p.There).Select(p => p.Part)];
    }

    /// <summary>Refuses content that does not state every mandatory part (Decree 63/2010, art. 8).</summary>
    /// <exception cref="BusinessRuleException">Parts are missing; the refusal names them.</exception>
    public void DemandComplete()
    {
        if (MissingParts() is { Count: > 0 } missing)
            throw new BusinessRuleException(CatalogueErrors.PartsMissing.With(string.Join(", ", missing.Select(Word))));

        static string Word(MandatoryPart part) => char.ToLowerInvariant(part.ToString()[0]) + part.ToString()[1..];
    }

    /// <summary>What is promised over a channel.</summary>
    public TimeLimit LimitFor(Channel channel)
    {
        var term = Terms.FirstOrDefault(t => t.Channel == channel) ?? Terms.FirstOrDefault(t => t.Channel is null);
        return new(SameDayCutOff is null ? term?.Term : null, SameDayCutOff, Policy);
    }

    /// <summary>Checks what was handed in against the published list; nothing outside it may be asked for or taken.</summary>
    public void Check(IReadOnlyList<DossierComponent> given, Channel channel = Channel.Counter)
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
        var missing = Components.Where(c => c.NeededAtReception && !seen.Contains(c.Code)).ToList();
        if (missing.Count > 0)
            throw new BusinessRuleException(
                DossierErrors.ComponentsMissing.With(string.Join(", ", missing.Select(c => c.Code))).At("/documents")
            );
        this.CheckEnough([.. given.Where(g => Components.Any(c => c.Code == g.Code && c.NeededAtReception))], channel);
    }
}

/// <summary>One version of a procedure; never changed once published.</summary>
internal sealed class ProcedureVersion
{
    private ProcedureVersion() { }

    internal ProcedureVersion(
        ProcedureId procedureId,
        int number,
        DateOnly effectiveFrom,
        string decision,
        DateOnly? decidedOn,
        ProcedureContent content,
        DateOnly? publishedOn
    )
    {
        ProcedureId = procedureId;
        Number = number;
        EffectiveFrom = effectiveFrom;
        Decision = decision;
        DecidedOn = decidedOn;
        PublishedOn = publishedOn;
        Content = content;
    }

    public ProcedureId ProcedureId { get; private set; }

    public int Number { get; private set; }

    /// <summary>First day it is in force; it ends when the next one begins.</summary>
    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>The decision by which it was published (quyết định công bố).</summary>
    public string Decision { get; private set; } = "";

    /// <summary>Day of that decision; null when it is not known.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Day on which it was made public here (công khai); null when it is not known.</summary>
    public DateOnly? PublishedOn { get; private set; }

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

    /// <summary>Who decides by the last version, kept beside for the search.</summary>
    public AgencyLevel? Level { get; private set; }

    public string? AgencyCode { get; private set; }

    public OnlineLevel? OnlineLevel { get; private set; }

    /// <summary>Code and names without diacritics; empty until a row of an earlier version of the product is read in anew.</summary>
    public string Search { get; private set; } = "";

    /// <summary>Last day it is in force (bãi bỏ); null while no end is decided.</summary>
    public DateOnly? EndsOn { get; private set; }

    /// <summary>The decision that ends it.</summary>
    public string? EndDecision { get; private set; }

    /// <summary>The procedure that takes its place.</summary>
    public string? SuccessorCode { get; private set; }

    public IReadOnlyList<ProcedureVersion> Versions => _versions;

    public static Procedure Publish(
        string code,
        string fieldCode,
        DateOnly effectiveFrom,
        string decision,
        ProcedureContent content,
        DateTimeOffset now,
        DateOnly? decidedOn = null,
        DateOnly? publishedOn = null
    )
    {
        var procedure = new Procedure
        {
            Id = new(Guid.CreateVersion7(now)),
            Code = code,
            FieldCode = fieldCode,
        };
        procedure.Add(effectiveFrom, decision, decidedOn, content, publishedOn);
        return procedure;
    }

    /// <summary>Publishes a new version; it takes effect after the last one, and not after the procedure's end.</summary>
    public void Publish(
        DateOnly effectiveFrom,
        string decision,
        ProcedureContent content,
        DateOnly? decidedOn = null,
        DateOnly? publishedOn = null
    )
    {
        if (effectiveFrom <= _versions.Max(v => v.EffectiveFrom))
            throw new BusinessRuleException(ProcedureErrors.NotAfterLast.At("/effectiveFrom"));
        if (effectiveFrom > (EndsOn ?? DateOnly.MaxValue))
            throw new BusinessRuleException(CatalogueErrors.ProcedureEnded);
        Add(effectiveFrom, decision, decidedOn, content, publishedOn);
    }

    /// <summary>Ends the procedure after a day; until that day has passed the end may be decided anew.</summary>
    public void End(DateOnly endsOn, string decision, string? successorCode, DateOnly today)
    {
        if (EndsOn < today)
            throw new BusinessRuleException(CatalogueErrors.ProcedureEnded);
        if (endsOn < _versions.Max(v => v.EffectiveFrom))
            throw new BusinessRuleException(CatalogueErrors.EndsTooEarly.At("/endsOn"));
        if (successorCode == Code)
            throw new BusinessRuleException(CatalogueErrors.UnknownSuccessor.At("/successorCode"));
        (EndsOn, EndDecision, SuccessorCode) = (endsOn, decision, successorCode);
        Touch();
    }

    /// <summary>The version in force on a day, or null before the first one and after the end.</summary>
    public ProcedureVersion? InForceOn(DateOnly day) =>
        EndsOn < day ? null : _versions.Where(v => v.EffectiveFrom <= day).MaxBy(v => v.EffectiveFrom);

    /// <summary>The last day a version is in force; null while there is no end to it.</summary>
    public DateOnly? LastDayOf(ProcedureVersion version) =>
        _versions.Where(v => v.EffectiveFrom > version.EffectiveFrom).MinBy(v => v.EffectiveFrom)?.EffectiveFrom.AddDays(-1) ?? EndsOn;

    /// <summary>Keeps beside what the list is searched by.</summary>
    public void KeepForSearch()
    {
        var content = _versions.MaxBy(v => v.Number)!.Content;
        (Name, NameEn, Level, AgencyCode, OnlineLevel) = (
            content.Name,
            content.NameEn,
            content.Level,
            content.AgencyCode,
            content.OnlineLevel
        );
        Search = Folded.Of($"{Code} {Name} {NameEn}");
    }

    private void Add(DateOnly effectiveFrom, string decision, DateOnly? decidedOn, ProcedureContent content, DateOnly? publishedOn)
    {
        LastVersion++;
        _versions.Add(new(Id, LastVersion, effectiveFrom, decision, decidedOn, content, publishedOn));
        KeepForSearch();
        Touch();
    }
}

internal sealed class ProcedureWithCode(string code) : Specification<Procedure>
{
    protected override Expression<Func<Procedure, bool>> Build() => p => p.Code == code;
}

internal sealed class ProcedureWithOneOf(IReadOnlyCollection<string> codes) : Specification<Procedure>
{
    protected override Expression<Func<Procedure, bool>> Build() => p => codes.Contains(p.Code);
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
