using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>How far a version has come.</summary>
internal enum VersionState
{
    /// <summary>It is being worked on.</summary>
    Draft,

    /// <summary>It is in force, or will be.</summary>
    Published,

    /// <summary>Its last day has passed.</summary>
    Ended,
}

/// <summary>A procedure in one of its versions.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="State">How far the version has come.</param>
/// <param name="EffectiveFrom">First day the version is in force.</param>
/// <param name="EffectiveTo">Last day the version is in force; left out while there is no end to it.</param>
/// <param name="Decision">The decision by which it was published.</param>
/// <param name="DecidedOn">Day of that decision; left out when it is not known.</param>
/// <param name="PublishedOn">Day on which the version was made public; left out when it is not known.</param>
/// <param name="MissingParts">Mandatory parts that it does not state (Decree 63/2010, art. 8).</param>
/// <param name="EndDecision">The decision that ends the procedure; left out while there is none.</param>
/// <param name="SuccessorCode">The procedure that takes its place.</param>
/// <param name="Details">What it says.</param>
internal sealed record ProcedureView(
    string Code,
    string FieldCode,
    int Version,
    VersionState State,
    DateOnly EffectiveFrom,
    DateOnly? EffectiveTo,
    string Decision,
    DateOnly? DecidedOn,
    DateOnly? PublishedOn,
    IReadOnlyList<MandatoryPart> MissingParts,
    string? EndDecision,
    string? SuccessorCode,
    ProcedureDetails Details
)
{
    public static ProcedureView Of(Procedure p, ProcedureVersion v, DateOnly today)
    {
        var last = p.LastDayOf(v);
        return new(
            p.Code,
            p.FieldCode,
            v.Number,
            last < today ? VersionState.Ended : VersionState.Published,
            v.EffectiveFrom,
            last,
            v.Decision,
            v.DecidedOn,
            v.PublishedOn,
            v.Content.MissingParts(),
            p.EndDecision,
            p.SuccessorCode,
            ProcedureDetails.Of(v.Content)
        );
    }
}

/// <summary>What a version of a procedure says (Decree 63/2010, art. 8).</summary>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Level">Which level decides.</param>
/// <param name="Terms">Terms by channel; empty with a same-day rule or without a due date.</param>
/// <param name="Policy">At which moment of its last day a term ends.</param>
/// <param name="OnlineLevel">How far it can be done online.</param>
/// <param name="Documents">What is asked for.</param>
/// <param name="Steps">The internal workflow.</param>
/// <param name="ToBeConfirmed">Members whose figure the operator has to confirm.</param>
/// <param name="Source">Where the content comes from.</param>
/// <param name="AgencyCode">The competent agency; left out when it is the commune's.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day; left out when it is not a same-day procedure.</param>
/// <param name="FeeDong">Fee and charge together at the counter, in dong; left out when it follows from a tariff.</param>
/// <param name="Variants">Cases with rules of their own.</param>
/// <param name="PersonGroups">Groups of people for whom another price holds.</param>
/// <param name="Fees">Prices by line, channel, group and date.</param>
/// <param name="Exemptions">Who pays nothing, and by which instrument.</param>
/// <param name="Flags">What else holds.</param>
/// <param name="Sets">How many sets are handed in.</param>
/// <param name="ApplicantKinds">Who may apply.</param>
/// <param name="Channels">How it can be handed in.</param>
/// <param name="CentreCodes">The centres that receive it, when not all do.</param>
/// <param name="Result">What it ends with, in Vietnamese.</param>
/// <param name="ResultEn">What it ends with, in English.</param>
/// <param name="Conditions">What must be fulfilled, in Vietnamese.</param>
/// <param name="ConditionsEn">What must be fulfilled, in English.</param>
/// <param name="LegalBasisIds">The instruments it rests on.</param>
/// <param name="Workflow">The workflow template; its steps are taken when none are given.</param>
internal sealed record ProcedureDetails(
    string Name,
    string NameEn,
    AgencyLevel Level,
    IReadOnlyList<ProcedureTerm> Terms,
    DuePolicy Policy,
    OnlineLevel OnlineLevel,
    IReadOnlyList<ProcedureComponent> Documents,
    IReadOnlyList<ProcedureStep> Steps,
    IReadOnlyList<string> ToBeConfirmed,
    string Source,
    string? AgencyCode = null,
    TimeOnly? SameDayCutOff = null,
    long? FeeDong = null,
    IReadOnlyList<VariantDetails>? Variants = null,
    IReadOnlyList<PersonGroup>? PersonGroups = null,
    IReadOnlyList<FeeRule>? Fees = null,
    IReadOnlyList<FeeExemption>? Exemptions = null,
    ProcedureFlags? Flags = null,
    int? Sets = null,
    IReadOnlyList<ApplicantKind>? ApplicantKinds = null,
    IReadOnlyList<Channel>? Channels = null,
    IReadOnlyList<string>? CentreCodes = null,
    string? Result = null,
    string? ResultEn = null,
    string? Conditions = null,
    string? ConditionsEn = null,
    IReadOnlyList<string>? LegalBasisIds = null,
    string? Workflow = null
)
{
    public static ProcedureDetails Of(ProcedureContent c) =>
        new(
            c.Name,
            c.NameEn,
            c.Level,
            ProcedureTerm.Of(c.Terms),
            c.Policy,
            c.OnlineLevel,
            [.. c.Components.Select(ProcedureComponent.Of)],
            ProcedureStep.Of(c.Steps),
            c.ToBeConfirmed,
            c.Source,
            c.AgencyCode,
            c.SameDayCutOff,
            c.FeeDong,
            Filled(c.Variants.Select(VariantDetails.Of).ToList()),
            Filled(c.PersonGroups),
            Filled(c.Fees),
            Filled(c.Exemptions),
            c.Flags,
            c.Sets,
            Filled(c.ApplicantKinds),
            Filled(c.Channels),
            Filled(c.CentreCodes),
            c.Result,
            c.ResultEn,
            c.Conditions,
            c.ConditionsEn,
            Filled(c.LegalBasisIds),
            c.Workflow
        );

    public ProcedureContent ToContent() =>
        new(
            Name,
            NameEn,
            Level,
            AgencyCode,
            [.. Terms.Select(t => t.ToTerm())],
            SameDayCutOff,
            Policy,
            FeeDong,
            OnlineLevel,
            [.. Documents.Select(d => d.ToComponent())],
            [.. Steps.Select(x => x.ToStep())],
            ToBeConfirmed,
            Source
        )
        {
            Variants = [.. (Variants ?? []).Select(v => v.ToVariant())],
            PersonGroups = PersonGroups ?? [],
            Fees = [.. (Fees ?? []).Select(f => f with { Tiers = Filled(f.Tiers), Shares = Filled(f.Shares) })],
            Exemptions = Exemptions ?? [],
            Flags = Flags ?? ProcedureFlags.Usual,
            Sets = Sets,
            ApplicantKinds = ApplicantKinds ?? [],
            Channels = Channels ?? [],
            CentreCodes = CentreCodes ?? [],
            Result = Result,
            ResultEn = ResultEn,
            Conditions = Conditions,
            ConditionsEn = ConditionsEn,
            LegalBasisIds = LegalBasisIds ?? [],
            Workflow = Workflow,
        };

    // An empty list is left out, as it may be left out on the way in.
    internal static IReadOnlyList<T>? Filled<T>(IReadOnlyList<T>? list) => list is { Count: > 0 } ? list : null;
}

/// <summary>A legal term over one channel.</summary>
/// <param name="Value">How many units, 0 to 1,000; may have a fraction.</param>
/// <param name="Unit">In what it is counted.</param>
/// <param name="Channel">The channel; left out for all that have no own term.</param>
internal sealed record ProcedureTerm(decimal Value, TermUnit Unit, Channel? Channel = null)
{
    public static IReadOnlyList<ProcedureTerm> Of(IReadOnlyList<ChannelTerm> terms) =>
        [.. terms.Select(t => new ProcedureTerm(t.Term.Value, t.Term.Unit, t.Channel))];

    public ChannelTerm ToTerm() => new(Channel, new(Value, Unit));
}

/// <summary>A component that a procedure asks for.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Required">Whether a dossier without it is incomplete.</param>
/// <param name="FromSharedData">Whether it comes from a shared database.</param>
/// <param name="Quantity">How many are asked for, 1 to 100.</param>
/// <param name="Kind">In which form it is asked for; left out for any.</param>
/// <param name="Variants">Only in these variants; left out for all.</param>
/// <param name="Step">By which step of the workflow it must be there, from 1; left out at reception.</param>
internal sealed record ProcedureComponent(
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
    public static ProcedureComponent Of(RequiredComponent c) =>
        new(c.Code, c.Name, c.NameEn, c.Required, c.FromSharedData, c.Quantity, c.Kind, ProcedureDetails.Filled(c.Variants), c.Step);

    public RequiredComponent ToComponent() =>
        new(Code, Name, NameEn, Required, FromSharedData, Quantity, Kind, ProcedureDetails.Filled(Variants), Step);
}

/// <summary>A step of the internal workflow.</summary>
/// <param name="Role">Who works on it.</param>
/// <param name="Hours">Working hours allotted, 0 to 8,000; 8 make a day.</param>
/// <param name="Consultations">Who is asked in parallel while it lasts.</param>
internal sealed record ProcedureStep(string Role, decimal Hours, IReadOnlyList<Consultation>? Consultations = null)
{
    public static IReadOnlyList<ProcedureStep> Of(IReadOnlyList<WorkflowStep> steps) =>
        [.. steps.Select(s => new ProcedureStep(s.Role, s.Hours, ProcedureDetails.Filled(s.Consultations)))];

    public WorkflowStep ToStep() => new(Role, Hours, ProcedureDetails.Filled(Consultations));
}

/// <summary>A case of a procedure with rules of its own.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Terms">Its terms by channel; those of the procedure when it has none and no cut-off.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day.</param>
/// <param name="Steps">Its workflow; that of the procedure when left out.</param>
internal sealed record VariantDetails(
    string Code,
    string Name,
    string NameEn,
    IReadOnlyList<ProcedureTerm>? Terms = null,
    TimeOnly? SameDayCutOff = null,
    IReadOnlyList<ProcedureStep>? Steps = null
)
{
    public static VariantDetails Of(ProcedureVariant v) =>
        new(
            v.Code,
            v.Name,
            v.NameEn,
            ProcedureDetails.Filled(ProcedureTerm.Of(v.Terms)),
            v.SameDayCutOff,
            v.Steps is null ? null : ProcedureStep.Of(v.Steps)
        );

    public ProcedureVariant ToVariant() =>
        new(
            Code,
            Name,
            NameEn,
            [.. (Terms ?? []).Select(t => t.ToTerm())],
            SameDayCutOff,
            Steps is { Count: > 0 } ? [.. Steps.Select(s => s.ToStep())] : null
        );
}
