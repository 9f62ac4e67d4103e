namespace MediatR;

// A stand-in that carries the public interfaces MediatR.dll 12.5.0 was compiled against (MediatR.Contracts 2.0.1, Apache-2.0,
// © Jimmy Bogard). It holds no logic and is never packed or published. Deleted without any other change once the package is served.

/// <summary>Marker of every request.</summary>
public interface IBaseRequest;

/// <summary>A request without an answer.</summary>
public interface IRequest : IBaseRequest;

/// <summary>A request with an answer.</summary>
/// <typeparam name="TResponse">The answer.</typeparam>
public interface IRequest<out TResponse> : IBaseRequest;

/// <summary>A fact that any number of handlers may react to.</summary>
public interface INotification;

/// <summary>A request answered by a stream.</summary>
/// <typeparam name="TResponse">One item of the stream.</typeparam>
public interface IStreamRequest<out TResponse>;

/// <summary>The answer of a request that has none.</summary>
public readonly struct Unit : IEquatable<Unit>, IComparable<Unit>, IComparable
{
    private static readonly Unit TheValue;

    /// <summary>The only value.</summary>
    public static ref readonly Unit Value => ref TheValue;

    /// <summary>The only value, already completed.</summary>
    public static Task<Unit> Task { get; } = System.Threading.Tasks.Task.FromResult(TheValue);

    /// <inheritdoc />
    public int CompareTo(Unit other) => 0;

    int IComparable.CompareTo(object? obj) => 0;

    /// <inheritdoc />
    public bool Equals(Unit other) => true;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Unit;

    /// <inheritdoc />
    public override int GetHashCode() => 0;

    /// <inheritdoc />
    public override string ToString() => "()";

    /// <summary>All values are equal.</summary>
    public static bool operator ==(Unit left, Unit right) => true;

    /// <summary>All values are equal.</summary>
    public static bool operator !=(Unit left, Unit right) => false;

    /// <summary>No value is less than another.</summary>
    public static bool operator <(Unit left, Unit right) => false;

    /// <summary>All values are equal.</summary>
    public static bool operator <=(Unit left, Unit right) => true;

    /// <summary>No value is greater than another.</summary>
    public static bool operator >(Unit left, Unit right) => false;

    /// <summary>All values are equal.</summary>
    public static bool operator >=(Unit left, Unit right) => true;
}
