namespace Pac.SharedKernel;

/// <summary>An amount of money in whole Vietnamese dong.</summary>
/// <param name="Dong">The amount, in dong; may be negative for corrections.</param>
public readonly record struct Money(long Dong)
{
    /// <summary>ISO 4217 code of the only currency.</summary>
    public const string Currency = "VND";

    /// <summary>Adds two amounts.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Dong + right.Dong));

    /// <summary>Subtracts one amount from another.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Dong - right.Dong));
}
