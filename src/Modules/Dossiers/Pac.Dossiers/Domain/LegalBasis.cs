using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>An instrument that procedures rest on (căn cứ pháp lý), with the days between which it is in force.</summary>
internal sealed class LegalBasis : AggregateRoot
{
    private LegalBasis() { }

    /// <summary>Short word for it, such as <c>nd-118-2025</c>.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Its number and sign (số, ký hiệu).</summary>
    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    /// <summary>First day in force; null when it is not known.</summary>
    public DateOnly? EffectiveFrom { get; private set; }

    /// <summary>Last day in force; null while no end is known.</summary>
    public DateOnly? EffectiveTo { get; private set; }

    /// <summary>The instruments it amends.</summary>
    public IReadOnlyList<string> Amends { get; private set; } = [];

    /// <summary>Whether the operator has to confirm it.</summary>
    public bool ToBeConfirmed { get; private set; }

    public static LegalBasis Add(string id, LegalText text)
    {
        var basis = new LegalBasis { Id = id };
        basis.Change(text);
        return basis;
    }

    public void Change(LegalText text)
    {
        if (text.EffectiveTo < text.EffectiveFrom)
            throw new BusinessRuleException(CatalogueErrors.EndsBeforeBegin.At("/effectiveTo"));
        (Number, Name, NameEn) = (text.Number, text.Name, text.NameEn);
        (EffectiveFrom, EffectiveTo, Amends, ToBeConfirmed) = (text.EffectiveFrom, text.EffectiveTo, text.Amends, text.ToBeConfirmed);
        Touch();
    }

    public bool InForceOn(DateOnly day) => (EffectiveFrom ?? DateOnly.MinValue) <= day && day <= (EffectiveTo ?? DateOnly.MaxValue);
}

/// <summary>What is known of an instrument.</summary>
internal sealed record LegalText(
    string Number,
    string Name,
    string NameEn,
    DateOnly? EffectiveFrom,
    DateOnly? EffectiveTo,
    IReadOnlyList<string> Amends,
    bool ToBeConfirmed
);

internal sealed class LegalBasisWithId(string id) : Specification<LegalBasis>
{
    protected override Expression<Func<LegalBasis, bool>> Build() => b => b.Id == id;
}

internal sealed class LegalBasisWithOneOf(IReadOnlyCollection<string> ids) : Specification<LegalBasis>
{
    protected override Expression<Func<LegalBasis, bool>> Build() => b => ids.Contains(b.Id);
}
