using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Pac.SharedKernel;

namespace Pac.ArchitectureTests.Rules;

/// <summary>What modules promise each other.</summary>
internal static partial class ContractRules
{
    private const string ApprovedFacts = "architecture-tests/approved/facts.txt";

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            32,
            "Contracts hold records and enumerations without behaviour",
            "Pac.Violations.Contracts.Behaving",
            s => s.Types.Where(t => t.InContracts()),
            (_, t) =>
                t.IsEnum || t.IsRecord() && !t.GetMethods(Declared).Any(m => !m.IsSpecialName && !IsMade(m))
                    ? []
                    : [$"{t.FullName} is no plain record"]
        ),
        Rule.Each(
            32,
            "Members of contracts are plain values, shared values or contracts",
            "Pac.Violations.Contracts.Revealing shows Pac.Violations.Domain.LeakyAggregate",
            s => s.Types.Where(t => t.InContracts()),
            (_, t) =>
                t.GetProperties(Declared)
                    .Where(p => p.Name != "EqualityContract")
                    .SelectMany(p => p.PropertyType.Spread())
                    .Where(m => !IsPlain(m, t))
                    .Select(m => $"{t.FullName} shows {m.FullName}")
        ),
        Rule.Each(
            33,
            "Every fact has a stable name: module.kebab-name.vN",
            "Pac.Violations.Contracts.Nameless",
            s => Facts(s),
            (_, f) =>
                NameOf(f) is { } name
                && StableName().IsMatch(name)
                && name.StartsWith(f.Module().ToLowerInvariant() + ".", StringComparison.Ordinal)
                    ? []
                    : [$"{f.FullName} has no stable name"]
        ),
        Rule.Each(
            33,
            "No two facts have the same name",
            "violations.happened.v1",
            s => Facts(s).GroupBy(NameOf),
            (_, g) => g.Count() > 1 ? [$"{g.Key} is given twice"] : []
        ),
        Rule.Each(33, "Facts are those of the approved list", "violations.gone.v1", s => Facts(s), (s, _) => Unapproved(s)),
        Rule.Each(
            34,
            "Every fact is told by the context of its module",
            "Pac.Violations.Contracts.NeverTold",
            s => Facts(s).Where(f => s.Files.HasCode(f.Module())),
            (s, f) =>
                s.Types.Where(t => typeof(DbContext).IsAssignableFrom(t) && t.Module() == f.Module()).Any(c => Makes(s, c, f))
                    ? []
                    : [$"{f.FullName} is told by nobody"]
        ),
        Rule.Each(
            34,
            "Every fact and question survives the way through JSON",
            "Pac.Violations.Contracts.Forgetful",
            s => s.Types.Where(t => t.InContracts() && t.IsRecord() && !t.IsAbstract),
            (_, t) => Survives(t) ? [] : [$"{t.FullName} is not the same after JSON"]
        ),
        Rule.Each(
            35,
            "Every contract is used by another module",
            "Pac.Violations.Contracts.Behaving",
            s => s.Types.Where(t => t.InContracts() && CanBeUsed(s, t.Module())),
            (s, t) => UsedContracts(s, t.Module()).Contains(t) ? [] : [$"{t.FullName} is used by no other module"]
        ),
        Rule.Each(
            36,
            "Reactions to facts are internal, sealed, named WhenFact_DoThis and lie in ForOtherModules",
            "Pac.Violations.Features.Leaks.OnHappened",
            s => s.Types.Where(t => t.Implements(typeof(INotificationHandler<>))),
            (_, t) =>
                t is { IsSealed: true, IsPublic: false }
                && t.Namespace == $"Pac.{t.Module()}.Features.ForOtherModules"
                && t.Contracts(typeof(INotificationHandler<>))
                    .All(c => t.Name.StartsWith($"When{c.GetGenericArguments()[0].Name}_", StringComparison.Ordinal))
                    ? []
                    : [$"{t.FullName} is not a reaction by name, place or visibility"]
        ),
    ];

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>A fact as a line of the approved list: its name, then its members with their types.</summary>
    private static string Line(Type fact) =>
        $"{NameOf(fact)}: "
        + string.Join(", ", fact.GetConstructors()[0].GetParameters().Select(p => $"{p.Name} {Written(p.ParameterType)}"));

    private static string Written(Type type) =>
        Nullable.GetUnderlyingType(type) is { } bare ? bare.Name + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Written))}>"
        : type.Name;

    private static IEnumerable<Type> Facts(Subject s) => s.Types.Where(t => t.IsClass && typeof(IIntegrationEvent).IsAssignableFrom(t));

    private static string? NameOf(Type fact) => fact.GetCustomAttribute<EventNameAttribute>()?.Name;

    private static IEnumerable<string> Unapproved(Subject s)
    {
        var approved = s.Files.Files[ApprovedFacts].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var present = Facts(s).Select(Line).ToList();
        return present
            .Except(approved)
            .Select(l => $"new or changed, add it to {ApprovedFacts} after review: {l}")
            .Concat(approved.Except(present).Select(l => $"removed or changed, which breaks stored facts: {l}"));
    }

    private static bool IsMade(MethodInfo method) =>
        method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) || method.Name is "<Clone>$" or "PrintMembers";

    private static bool IsPlain(Type member, Type contract) =>
        member.IsPrimitive
        || member.Assembly == typeof(string).Assembly && member.Namespace is "System" or "System.Collections.Generic"
        || member.Namespace!.StartsWithAny("Pac.SharedKernel")
        || member.InContracts() && member.Module() == contract.Module();

    private static bool Makes(Subject s, Type context, Type fact) =>
        s.Methods(context)
            .Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions)
            .Any(i => i.OpCode == OpCodes.Newobj && ((MethodReference)i.Operand).DeclaringType.FullName == fact.FullName);

    // A module whose neighbours have no code yet cannot be judged.
    private static bool CanBeUsed(Subject s, string module) =>
        s
            .Files.Projects()
            .Where(p => p.Kind == Kind.Module && p.Module != module && p.References.Contains($"Pac.{module}.Contracts"))
            .All(p => s.Files.HasCode(p.Module));

    // Contracts that another module names, and what can be reached from them.
    private static HashSet<Type> UsedContracts(Subject s, string module)
    {
        var named = s.Types.Where(t => t.Module() != module).SelectMany(s.Needs).ToHashSet();
        HashSet<Type> used = [];
        Queue<Type> open = new(s.Types.Where(t => t.InContracts() && t.Module() == module && named.Contains(t.FullName!)));
        while (open.TryDequeue(out var type))
        {
            if (!used.Add(type))
                continue;
            var answers = type.GetInterfaces().SelectMany(Words.Spread);
            foreach (var next in type.GetProperties(Declared).SelectMany(p => p.PropertyType.Spread()).Concat(answers))
                if (next.Namespace == type.Namespace && next != type)
                    open.Enqueue(next);
        }
        return used;
    }

    private static bool Survives(Type type)
    {
        try
        {
            var before = JsonSerializer.Serialize(Sample(type), type, JsonSerializerOptions.Web);
            var after = JsonSerializer.Deserialize(before, type, JsonSerializerOptions.Web);
            var members = JsonDocument.Parse(before).RootElement.EnumerateObject().Count(m => m.Value.ValueKind != JsonValueKind.Null);
            return members >= type.GetConstructors()[0].GetParameters().Length
                && JsonSerializer.Serialize(after, type, JsonSerializerOptions.Web) == before;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }

    private static object Sample(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare)
            return Sample(bare);
        if (type == typeof(string))
            return "Đắk Lắk";
        if (type == typeof(Guid))
            return Guid.Parse("0197a2c1-0000-7000-8000-000000000001", CultureInfo.InvariantCulture);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.FromHours(7));
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 11, 24);
        if (type == typeof(TimeOnly))
            return new TimeOnly(9, 30);
        if (type == typeof(bool))
            return true;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsPrimitive || type == typeof(decimal))
            return Convert.ChangeType(7, type, CultureInfo.InvariantCulture);
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            return Collection(type.GetGenericArguments());
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
    }

    private static object Collection(Type[] of)
    {
        if (of.Length == 2)
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
            map.Add(Sample(of[0]), Sample(of[1]));
            return map;
        }
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(of))!;
        list.Add(Sample(of[0]));
        return list;
    }

    [GeneratedRegex(@"^[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$")]
    private static partial Regex StableName();
}
