using System.Linq.Expressions;
using System.Reflection;
using FluentValidation;
using FluentValidation.Validators;

namespace Pac.Host.OpenApi;

/// <summary>What the validators of the use cases say about a member, so that the document promises what is enforced.</summary>
/// <param name="validators">All validators of the host.</param>
internal sealed class ValidatorBounds(IEnumerable<IValidator> validators)
{
    private readonly ILookup<(Type? Owner, string Member, bool OfItems), IPropertyValidator> _rules = Read(validators)
        .ToLookup(r => r.Key, r => r.Rule);

    /// <summary>The rules on a member.</summary>
    public IReadOnlyList<IPropertyValidator> Of(MemberInfo? member) =>
        member is null ? [] : [.. _rules[(member.DeclaringType, member.Name, false)]];

    /// <summary>The rules on every item of a member that is a list.</summary>
    public IReadOnlyList<IPropertyValidator> OfItems(MemberInfo? member) =>
        member is null ? [] : [.. _rules[(member.DeclaringType, member.Name, true)]];

    private static IEnumerable<((Type? Owner, string Member, bool OfItems) Key, IPropertyValidator Rule)> Read(
        IEnumerable<IValidator> validators
    )
    {
        foreach (var rule in validators.SelectMany(v => v.CreateDescriptor().Rules))
        {
            // A command that wraps its body names the member by a path; what counts is where the path ends.
            if (Bare(rule.Expression?.Body) is not MemberExpression { Member: var member })
                continue;
            var ofItems = rule.GetType()
                .GetInterfaces()
                .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));
            foreach (var component in rule.Components.Where(c => !rule.HasCondition && !c.HasCondition))
                yield return ((member.DeclaringType, member.Name, ofItems), component.Validator);
        }
    }

    private static Expression? Bare(Expression? body) => body is UnaryExpression { Operand: var inner } ? Bare(inner) : body;
}
