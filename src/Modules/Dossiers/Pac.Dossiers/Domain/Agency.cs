using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>
/// An agency that decides on dossiers. Its code begins the dossier code. Units are founded and ended by resolutions, as with the communes of 2025
/// (domain study 1.7); one that has ended is kept, for its dossiers and figures name it.
/// </summary>
internal sealed class Agency : AggregateRoot
{
    private Agency() { }

    /// <summary>Code by Decision 20/2020/QD-TTg, such as <c>H15.09</c>.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public AgencyLevel Level { get; private set; }

    /// <summary>The agency above it; null when it is not stated.</summary>
    public string? ParentCode { get; private set; }

    /// <summary>First day on which it acts; null when it always did.</summary>
    public DateOnly? EffectiveFrom { get; private set; }

    /// <summary>The resolution by which it was founded.</summary>
    public string? FoundingDecision { get; private set; }

    /// <summary>Last day on which it acts; null while no end is known.</summary>
    public DateOnly? EffectiveTo { get; private set; }

    /// <summary>The resolution by which it ends.</summary>
    public string? EndDecision { get; private set; }

    /// <summary>The agency that takes its place.</summary>
    public string? SuccessorCode { get; private set; }

    /// <summary>Whether the operator has to confirm the code.</summary>
    public bool ToBeConfirmed { get; private set; }

    public AgencyText Text =>
        new(Name, NameEn, Level, ParentCode, EffectiveFrom, FoundingDecision, EffectiveTo, EndDecision, SuccessorCode, ToBeConfirmed);

    public static Agency Add(string code, AgencyText text)
    {
        var agency = new Agency { Code = code };
        agency.Change(text);
        return agency;
    }

    public void Change(AgencyText text)
    {
        if (text.EffectiveTo < text.EffectiveFrom)
            throw new BusinessRuleException(CatalogueErrors.EndsBeforeBegin.At("/effectiveTo"));
        if (text.EffectiveTo is not null && text.EndDecision is null)
            throw new BusinessRuleException(AgencyErrors.EndDecisionMissing.At("/endDecision"));
        if (text.EffectiveTo is null && (text.EndDecision ?? text.SuccessorCode) is not null)
            throw new BusinessRuleException(AgencyErrors.EndMissing.At("/effectiveTo"));
        (Name, NameEn, Level, ParentCode) = (text.Name, text.NameEn, text.Level, text.ParentCode);
        (EffectiveFrom, FoundingDecision) = (text.EffectiveFrom, text.FoundingDecision);
        (EffectiveTo, EndDecision, SuccessorCode) = (text.EffectiveTo, text.EndDecision, text.SuccessorCode);
        ToBeConfirmed = text.ToBeConfirmed;
        Touch();
    }

    /// <summary>Notes who took over, unless the agency goes on or its successor is stated already.</summary>
    public void NoteSuccessor(string code)
    {
        if (EffectiveTo is null || SuccessorCode is not null)
            return;
        SuccessorCode = code;
        Touch();
    }
}

/// <summary>What is known of an agency.</summary>
internal sealed record AgencyText(
    string Name,
    string NameEn,
    AgencyLevel Level,
    string? ParentCode,
    DateOnly? EffectiveFrom,
    string? FoundingDecision,
    DateOnly? EffectiveTo,
    string? EndDecision,
    string? SuccessorCode,
    bool ToBeConfirmed
);

/// <summary>What tells whether an agency may be given work.</summary>
/// <param name="Level">Its level.</param>
/// <param name="EffectiveFrom">First day on which it acts.</param>
/// <param name="EffectiveTo">Last day on which it acts.</param>
/// <param name="SuccessorCode">Who took its place.</param>
internal sealed record AgencyStanding(AgencyLevel Level, DateOnly? EffectiveFrom, DateOnly? EffectiveTo, string? SuccessorCode)
{
    /// <summary>Refuses work for an agency that is not founded yet or has ended.</summary>
    public void MustActOn(DateOnly day, string pointer)
    {
        if (EffectiveFrom > day)
            throw new BusinessRuleException(AgencyErrors.NotFounded.With(Written(EffectiveFrom.Value)).At(pointer));
        if (EffectiveTo >= day || EffectiveTo is not { } end)
            return;
        throw new BusinessRuleException(
            (SuccessorCode is null ? AgencyErrors.Ended.With(Written(end)) : AgencyErrors.Succeeded.With(Written(end), SuccessorCode)).At(
                pointer
            )
        );
    }

    private static string Written(DateOnly day) => day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>How agencies stand to one another.</summary>
/// <param name="Parents">The agency above each, by code; every agency is a key.</param>
internal sealed record AgencyOrder(IReadOnlyDictionary<string, string?> Parents)
{
    /// <summary>Refuses an agency above, or after, that there is not, and a circle of agencies above one another.</summary>
    public void Check(string code, AgencyText text)
    {
        if (text.ParentCode is { } parent)
        {
            if (parent != code && !Parents.ContainsKey(parent))
                throw new BusinessRuleException(AgencyErrors.UnknownParent.At("/parentCode"));
            HashSet<string> seen = [code];
            for (string? above = parent; above is not null; above = Parents.GetValueOrDefault(above))
                if (!seen.Add(above))
                    throw new BusinessRuleException(AgencyErrors.Circle.At("/parentCode"));
        }
        if (text.SuccessorCode is { } successor && (successor == code || !Parents.ContainsKey(successor)))
            throw new BusinessRuleException(AgencyErrors.UnknownSuccessor.At("/successorCode"));
    }
}

internal sealed class AgencyWithCode(string code) : Specification<Agency>
{
    protected override Expression<Func<Agency, bool>> Build() => a => a.Code == code;
}

internal sealed class AgencyWithOneOf(IReadOnlyCollection<string> codes) : Specification<Agency>
{
    protected override Expression<Func<Agency, bool>> Build() => a => codes.Contains(a.Code);
}
