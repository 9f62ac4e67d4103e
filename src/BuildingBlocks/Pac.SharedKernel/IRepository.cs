namespace Pac.SharedKernel;

/// <summary>The write side's view of one kind of aggregate. It takes specifications only, and never saves on <see cref="Add"/>.</summary>
/// <typeparam name="T">The aggregate.</typeparam>
public interface IRepository<T>
    where T : AggregateRoot
{
    /// <summary>The one aggregate that satisfies the specification and that the caller may see.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    Task<T> Get(Specification<T> specification, CancellationToken ct);

    /// <summary>As <see cref="Get(Specification{T}, CancellationToken)"/>, in the version the caller saw.</summary>
    /// <param name="specification">Which one.</param>
    /// <param name="seen">The version the caller saw.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="NotFoundException">There is none.</exception>
    /// <exception cref="StaleVersionException">It has changed since.</exception>
    Task<T> Get(Specification<T> specification, uint seen, CancellationToken ct);

    /// <summary>The first that satisfies the specification, or null.</summary>
    Task<T?> First(Specification<T> specification, CancellationToken ct);

    /// <summary>All that satisfy the specification, loaded for change.</summary>
    Task<IReadOnlyList<T>> List(Specification<T> specification, CancellationToken ct);

    /// <summary>Whether any satisfies the specification.</summary>
    Task<bool> Any(Specification<T> specification, CancellationToken ct);

    /// <summary>Takes a new aggregate in; written by <see cref="Save"/>.</summary>
    void Add(T aggregate);

    /// <summary>Takes an aggregate out; written by <see cref="Save"/>.</summary>
    void Remove(T aggregate);

    /// <summary>Writes everything that changed, its events and its audit entry in one transaction. Called once per command, last.</summary>
    Task Save(CancellationToken ct);
}
