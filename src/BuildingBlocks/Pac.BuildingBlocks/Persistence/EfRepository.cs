using Microsoft.EntityFrameworkCore;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Persistence;

/// <summary>The write side of one aggregate over its module's context.</summary>
/// <param name="db">The module's context.</param>
/// <param name="visible">The rows the caller may see; the one mechanism of data scope.</param>
/// <param name="kind">What it is called when it is not found; the name of the type when null.</param>
/// <typeparam name="T">The aggregate.</typeparam>
public class EfRepository<T>(ModuleDbContext db, IQueryable<T> visible, string? kind = null) : IRepository<T>
    where T : AggregateRoot
{
    /// <inheritdoc />
    public async Task<T> Get(Specification<T> specification, CancellationToken ct) =>
        await First(specification, ct) ?? throw new NotFoundException(kind ?? TypeName);

    /// <inheritdoc />
    public async Task<T> Get(Specification<T> specification, uint seen, CancellationToken ct)
    {
        var aggregate = await Get(specification, ct);
        return aggregate.Version == seen ? aggregate : throw new StaleVersionException();
    }

    /// <inheritdoc />
    public Task<T?> First(Specification<T> specification, CancellationToken ct) => visible.Where(specification).FirstOrDefaultAsync(ct);

    /// <inheritdoc />
    public async Task<IReadOnlyList<T>> List(Specification<T> specification, CancellationToken ct) =>
        await visible.Where(specification).ToListAsync(ct);

    /// <inheritdoc />
    public Task<bool> Any(Specification<T> specification, CancellationToken ct) => visible.Where(specification).AnyAsync(ct);

    /// <inheritdoc />
    public void Add(T aggregate) => db.Add(aggregate);

    /// <inheritdoc />
    public void Remove(T aggregate) => db.Remove(aggregate);

    /// <inheritdoc />
    public Task Save(CancellationToken ct) => db.SaveChangesAsync(ct);

    private static string TypeName => char.ToLowerInvariant(typeof(T).Name[0]) + typeof(T).Name[1..];
}

/// <summary>Lets a specification stand where LINQ wants a predicate.</summary>
public static class SpecificationQueries
{
    /// <summary>Only the rows that satisfy the specification.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="specification">The predicate.</param>
    public static IQueryable<T> Where<T>(this IQueryable<T> source, Specification<T> specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return source.Where(specification.Criteria);
    }
}
