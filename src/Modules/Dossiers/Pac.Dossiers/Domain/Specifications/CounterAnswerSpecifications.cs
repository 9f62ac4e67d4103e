using System.Linq.Expressions;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

/// <summary>Within the data that a caller may see: a centre sees its own answers, an agency those on what it would be competent for.</summary>
internal sealed class CounterAnswerVisibleIn(DataScope scope) : Specification<CounterAnswer>
{
    protected override Expression<Func<CounterAnswer, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Province => a => true,
            DataScopeKind.Centre => a => a.CentreCode == code,
            DataScopeKind.Agency => a => a.AgencyCode == code,
            _ => a => false,
        };
    }
}

internal sealed class CounterAnswerWithId(CounterAnswerId id) : Specification<CounterAnswer>
{
    protected override Expression<Func<CounterAnswer, bool>> Build() => a => a.Id == id;
}

/// <summary>What a person was told to be missing, on the same version and variant of a procedure.</summary>
internal sealed class AskedAtCounter(byte[] person, Consulted about) : Specification<CounterAnswer>
{
    /// <summary>The blind index of the person.</summary>
    public byte[] Person => person;

    protected override Expression<Func<CounterAnswer, bool>> Build()
    {
        var (procedure, version, variant) = (about.ProcedureCode, about.ProcedureVersion, about.VariantCode);
        return a =>
            a.PersonIndex == person
            && a.ProcedureCode == procedure
            && a.ProcedureVersion == version
            && a.VariantCode == variant
            && a.Kind == CounterAnswerKind.Incomplete;
    }
}
