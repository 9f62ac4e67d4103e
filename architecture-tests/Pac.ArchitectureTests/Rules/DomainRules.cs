using System.Reflection;
using System.Runtime.CompilerServices;
using Mono.Cecil;
using Pac.SharedKernel;

namespace Pac.ArchitectureTests.Rules;

/// <summary>How the domain is written.</summary>
internal static class DomainRules
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Unwanted = ["System.DateTime", "System.Double", "System.Single"];

    private static readonly string[] UnwantedCalls =
    [
        "System.DateTimeOffset::get_UtcNow",
        "System.DateTimeOffset::get_Now",
        "System.Guid::NewGuid",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            22,
            "Entities have no public setters, aggregates no public constructor, and none can be made empty",
            "Pac.Violations.Domain.LeakyAggregate",
            s => s.Types.Where(IsEntity),
            (_, t) => Openings(t)
        ),
        Rule.Each(
            23,
            "An aggregate refers to another one by its id",
            "Pac.Violations.Domain.LeakyAggregate holds Pac.Violations.Domain.OtherAggregate",
            s => s.Types.Where(t => t.IsAggregate()),
            (_, t) =>
                t.GetFields(Own)
                    .SelectMany(f => f.FieldType.Spread())
                    .Concat(t.GetProperties(Own).SelectMany(p => p.PropertyType.Spread()))
                    .Where(m => m.IsAggregate())
                    .Select(m => $"{t.FullName} holds {m.FullName}")
        ),
        Rule.Each(
            24,
            "Ids are read-only record structs",
            "Pac.Violations.Domain.WritableId",
            s =>
                s.Types.Where(t =>
                    t.Room() == "Domain"
                    && t.IsValueType
                    && (t.Implements(typeof(IStrongId<>)) || t.Name.EndsWith("Id", StringComparison.Ordinal))
                ),
            (_, t) =>
                t.IsDefined(typeof(IsReadOnlyAttribute), false) && t.Implements(typeof(IEquatable<>)) && t.Implements(typeof(IStrongId<>))
                    ? []
                    : [$"{t.FullName} is no read-only record struct that is a strong id"]
        ),
        Rule.Each(
            24,
            "No aggregate has a raw UUID for its id",
            "Pac.Violations.Domain.LeakyAggregate",
            s => s.Types.Where(t => t.IsAggregate()),
            (_, t) => t.GetProperty("Id")?.PropertyType == typeof(Guid) ? [$"{t.FullName} has a raw id"] : []
        ),
        Rule.Each(
            25,
            "No DateTime and no floating point in domain and features",
            "Pac.Violations.Domain.LeakyAggregate uses System.Double",
            s => s.Types.Where(t => t.Room() is "Domain" or "Features"),
            (s, t) => UnwantedTypes(s, t).Where(n => Unwanted.Contains(n)).Select(n => $"{t.FullName} uses {n}")
        ),
        Rule.Each(
            25,
            "Nobody reads the machine's clock or makes random ids",
            "Pac.Violations.Domain.LeakyAggregate calls System.DateTimeOffset::get_UtcNow",
            s => s.AllTypes,
            (s, t) => Calls(s, t).Where(c => UnwantedCalls.Contains(c)).Select(c => $"{t.FullName} calls {c}")
        ),
        Rule.Each(
            25,
            "A module is handed its clock",
            "Pac.Violations.Domain.LeakyAggregate takes the system clock",
            s => s.Types,
            (s, t) => Calls(s, t).Contains("System.TimeProvider::get_System") ? [$"{t.FullName} takes the system clock"] : []
        ),
        Rule.Each(
            26,
            "Error codes are unique and begin with the module's name",
            "elsewhere.twice",
            s => s.Types.Where(t => t.IsStatic() && t.Name.EndsWith("Errors", StringComparison.Ordinal)),
            BadCodes
        ),
    ];

    // A row of its own: what has identity and changes. Records are values, specifications are predicates.
    private static bool IsEntity(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && type.Room() == "Domain"
        && !type.IsRecord()
        && !typeof(Exception).IsAssignableFrom(type)
        && (type.IsAggregate() || type.GetProperties(Own).Any(p => p.SetMethod is not null));

    private static IEnumerable<string> Openings(Type type)
    {
        foreach (var property in type.GetProperties(Own).Where(p => p.SetMethod is { IsPublic: true } set && !IsInit(set)))
            yield return $"{type.FullName}.{property.Name} can be set by anybody";
        if (type.GetConstructors().Any(c => type.IsAggregate() || c.GetParameters().Length == 0))
            yield return $"{type.FullName} can be made by anybody";
    }

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static IEnumerable<string> UnwantedTypes(Subject s, Type type) =>
        s.Methods(type)
            .SelectMany(m =>
                m.Parameters.Select(p => p.ParameterType)
                    .Append(m.ReturnType)
                    .Concat(m.HasBody ? m.Body.Variables.Select(v => v.VariableType) : [])
            )
            .Concat(s.Methods(type).Select(m => m.DeclaringType).Distinct().SelectMany(t => t.Fields.Select(f => f.FieldType)))
            .SelectMany(Spread)
            .Select(t => t.FullName);

    private static IEnumerable<TypeReference> Spread(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Spread).Append(generic.ElementType),
            TypeSpecification inner => Spread(inner.ElementType),
            _ => [type],
        };

    private static IEnumerable<string> Calls(Subject s, Type type) =>
        s.Methods(type)
            .Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions)
            .Select(i => i.Operand)
            .OfType<MethodReference>()
            .Select(m => $"{m.DeclaringType.FullName}::{m.Name}");

    private static IEnumerable<string> BadCodes(Subject s, Type errors)
    {
        var codes = Codes(errors).ToList();
        var others = s
            .Types.Where(t => t.IsStatic() && t.Name.EndsWith("Errors", StringComparison.Ordinal) && t != errors)
            .SelectMany(Codes);
        var start = errors.Module().ToLowerInvariant() + ".";
        return codes
            .Where(c => !c.StartsWith(start, StringComparison.Ordinal))
            .Concat(codes.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key))
            .Concat(codes.Intersect(others))
            .Select(c => $"{errors.FullName}: {c}");
    }

    private static IEnumerable<string> Codes(Type errors) =>
        errors
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(f => f.FieldType == typeof(Error))
            .Select(f => ((Error)f.GetValue(null)!).Code);
}
