using System.Reflection;
using System.Runtime.CompilerServices;
using Pac.BuildingBlocks;

namespace Pac.ArchitectureTests.Rules;

/// <summary>What can be seen from outside.</summary>
internal static class VisibilityRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            1,
            "The host's list holds exactly the modules that have code",
            "Elsewhere is missing",
            s => s.Types.Where(t => !t.InContracts()).Select(t => t.Module()).Distinct(),
            Unlisted
        ),
        Rule.Each(
            7,
            "The only public type of a module is its entry",
            "Pac.Violations.SecondEntry",
            s => s.Types.Where(t => !t.InContracts() && t.IsVisible),
            (s, t) => t.Name == t.Module() + "Module" && typeof(IModule).IsAssignableFrom(t) ? [] : [$"{t.FullName} is public"]
        ),
        Rule.Each(
            7,
            "Every module has its entry",
            "Elsewhere has no entry",
            s => s.Types.Where(t => !t.InContracts()).Select(t => t.Module()).Distinct(),
            (s, m) => s.Types.Any(t => t.FullName == $"Pac.{m}.{m}Module") ? [] : [$"{m} has no entry {m}Module"]
        ),
        Rule.Each(
            8,
            "Classes are sealed, static or abstract unless another one extends them",
            "Pac.Violations.Domain.OpenClass",
            s => s.AllTypes.Where(t => t.IsClass && typeof(Delegate).IsAssignableFrom(t) == false),
            (s, t) => t.IsSealed || t.IsAbstract || IsExtended(t) ? [] : [$"{t.FullName} is open"]
        ),
        Rule.Each(
            9,
            "Internals are shown only to test projects that exist",
            "Pac.Ghost.Tests",
            s => s.Assemblies.SelectMany(a => a.GetCustomAttributes<InternalsVisibleToAttribute>()),
            (s, a) =>
                s.Files.Projects().Any(p => p.Name == a.AssemblyName && p.Kind == Kind.Test) ? [] : [$"{a.AssemblyName} is shown internals"]
        ),
    ];

    private static bool IsExtended(Type type) => type.Assembly.GetTypes().Any(t => t.BaseType == type);

    private static IEnumerable<string> Unlisted(Subject s, string module) =>
        Host.Modules.All.Count(m => m.GetType().Namespace == $"Pac.{module}") == 1
            ? []
            : [$"{module} is missing in the list, or listed twice"];
}
