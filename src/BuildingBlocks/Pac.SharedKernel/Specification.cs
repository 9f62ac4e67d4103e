using System.Linq.Expressions;

namespace Pac.SharedKernel;

/// <summary>One named business predicate, usable in SQL (<see cref="Criteria"/>) and on one object (<see cref="IsSatisfiedBy"/>).</summary>
/// <typeparam name="T">What it speaks about.</typeparam>
public abstract class Specification<T>
{
    // Built once: an expression read twice would have two different parameters and not combine.
    private readonly Lazy<Expression<Func<T, bool>>> _criteria;
    private readonly Lazy<Func<T, bool>> _compiled;

    /// <summary>Prepares the predicate; it is built at first use.</summary>
    protected Specification()
    {
        _criteria = new(Build);
        _compiled = new(() => Criteria.Compile());
    }

    /// <summary>The predicate as an expression.</summary>
    public Expression<Func<T, bool>> Criteria => _criteria.Value;

    /// <summary>States the predicate.</summary>
    protected abstract Expression<Func<T, bool>> Build();

    /// <summary>Whether one object satisfies it.</summary>
    /// <param name="candidate">The object.</param>
    public bool IsSatisfiedBy(T candidate) => _compiled.Value(candidate);

    /// <summary>Both hold.</summary>
    public static Specification<T> operator &(Specification<T> left, Specification<T> right) =>
        new Combined(left, right, Expression.AndAlso);

    /// <summary>At least one holds.</summary>
    public static Specification<T> operator |(Specification<T> left, Specification<T> right) =>
        new Combined(left, right, Expression.OrElse);

    /// <summary>It does not hold.</summary>
    public static Specification<T> operator !(Specification<T> inner) => new Negated(inner);

    private sealed class Combined(Specification<T> left, Specification<T> right, Func<Expression, Expression, Expression> join)
        : Specification<T>
    {
        protected override Expression<Func<T, bool>> Build()
        {
            var parameter = left.Criteria.Parameters[0];
            var other = new Swap(right.Criteria.Parameters[0], parameter).Visit(right.Criteria.Body);
            return Expression.Lambda<Func<T, bool>>(join(left.Criteria.Body, other), parameter);
        }
    }

    private sealed class Negated(Specification<T> inner) : Specification<T>
    {
        protected override Expression<Func<T, bool>> Build() =>
            Expression.Lambda<Func<T, bool>>(Expression.Not(inner.Criteria.Body), inner.Criteria.Parameters);
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
