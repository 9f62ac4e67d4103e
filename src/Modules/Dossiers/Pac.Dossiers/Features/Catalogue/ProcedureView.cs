using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A procedure in one of its versions.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="EffectiveFrom">First day the version is in force.</param>
/// <param name="Decision">The decision by which it was published.</param>
/// <param name="Details">What it says.</param>
internal sealed record ProcedureView(
    string Code,
    string FieldCode,
    int Version,
    DateOnly EffectiveFrom,
    string Decision,
    ProcedureDetails Details
)
{
    public static ProcedureView Of(Procedure p, ProcedureVersion v) =>
        new(p.Code, p.FieldCode, v.Number, v.EffectiveFrom, v.Decision, ProcedureDetails.Of(v.Content));
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
/// <param name="FeeDong">Fee and charge together, in dong; left out when it follows from a tariff.</param>
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
    long? FeeDong = null
)
{
    public static ProcedureDetails Of(ProcedureContent c) =>
        new(
            c.Name,
            c.NameEn,
            c.Level,
            [.. c.Terms.Select(t => new ProcedureTerm(t.Term.Value, t.Term.Unit, t.Channel))],
            c.Policy,
            c.OnlineLevel,
            [.. c.Components.Select(x => new ProcedureComponent(x.Code, x.Name, x.NameEn, x.Required, x.FromSharedData))],
            [.. c.Steps.Select(s => new ProcedureStep(s.Role, s.Hours))],
            c.ToBeConfirmed,
            c.Source,
            c.AgencyCode,
            c.SameDayCutOff,
            c.FeeDong
        );

    public ProcedureContent ToContent() =>
        new(
            Name,
            NameEn,
            Level,
            AgencyCode,
            [.. Terms.Select(t => new ChannelTerm(t.Channel, new(t.Value, t.Unit)))],
            SameDayCutOff,
            Policy,
            FeeDong,
            OnlineLevel,
            [.. Documents.Select(x => new RequiredComponent(x.Code, x.Name, x.NameEn, x.Required, x.FromSharedData))],
            [.. Steps.Select(s => new WorkflowStep(s.Role, s.Hours))],
            ToBeConfirmed,
            Source
        );
}

/// <summary>A legal term over one channel.</summary>
/// <param name="Value">How many units, 0 to 1,000; may have a fraction.</param>
/// <param name="Unit">In what it is counted.</param>
/// <param name="Channel">The channel; left out for all that have no own term.</param>
internal sealed record ProcedureTerm(decimal Value, TermUnit Unit, Channel? Channel = null);

/// <summary>A component that a procedure asks for.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Required">Whether a dossier without it is incomplete.</param>
/// <param name="FromSharedData">Whether it comes from a shared database.</param>
internal sealed record ProcedureComponent(string Code, string Name, string NameEn, bool Required, bool FromSharedData);

/// <summary>A step of the internal workflow.</summary>
/// <param name="Role">Who works on it.</param>
/// <param name="Hours">Working hours allotted, 0 to 8,000; 8 make a day.</param>
internal sealed record ProcedureStep(string Role, decimal Hours);
