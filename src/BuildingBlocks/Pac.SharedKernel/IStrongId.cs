namespace Pac.SharedKernel;

/// <summary>An identifier that cannot be confused with another one.</summary>
/// <typeparam name="TSelf">The identifier itself, a <c>readonly record struct</c>.</typeparam>
public interface IStrongId<TSelf>
    where TSelf : struct, IStrongId<TSelf>
{
    /// <summary>The UUID (version 7) behind it.</summary>
    Guid Value { get; }

    /// <summary>Wraps a UUID.</summary>
    /// <param name="value">The UUID.</param>
    static abstract TSelf From(Guid value);
}
