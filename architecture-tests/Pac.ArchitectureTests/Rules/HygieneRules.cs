using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Mono.Cecil;

namespace Pac.ArchitectureTests.Rules;

/// <summary>Logs without data, files where one looks for them, and decisions that can be read.</summary>
internal static partial class HygieneRules
{
    private static readonly string[] Headings = ["## Context", "## Decision", "## Consequences"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            41,
            "A log line takes plain values only",
            "Pac.Violations.Log.CommandDone takes Pac.Violations.Features.Leaks.Leaky",
            s => LogMethods(s),
            (_, m) =>
                m.GetParameters()
                    .Where(p => !IsLoggable(p.ParameterType))
                    .Select(p => $"{m.DeclaringType!.FullName}.{m.Name} takes {p.ParameterType.FullName}")
        ),
        Rule.Each(
            41,
            "Log lines are written in the one file of the module",
            "Pac.Violations.Features.Leaks.LeakyHandler",
            s => s.AllTypes,
            (s, t) =>
                s.Methods(t)
                    .Where(m => m.HasBody)
                    .SelectMany(m => m.Body.Instructions)
                    .Any(i =>
                        i.Operand is MethodReference { DeclaringType.FullName: "Microsoft.Extensions.Logging.LoggerExtensions" } c
                        && c.Name.StartsWith("Log", StringComparison.Ordinal)
                    )
                    ? [$"{t.FullName} logs without a template of the module"]
                    : []
        ),
        Rule.Each(
            44,
            "The namespace is the folder",
            "Misplaced.cs",
            s => Sources(s),
            (_, f) =>
                NamespaceLine().Match(f.Value) is { Success: true } m && !Folder(f.Key).Equals(m.Groups[1].Value, StringComparison.Ordinal)
                    ? [$"{f.Key} lies in {m.Groups[1].Value}"]
                    : []
        ),
        Rule.Each(
            45,
            "Nothing is left undone or skipped",
            "Undone.cs",
            s => Sources(s).Where(f => !f.Key.StartsWith("architecture-tests/", StringComparison.Ordinal)),
            (_, f) => Undone().IsMatch(f.Value) ? [$"{f.Key} leaves something undone"] : []
        ),
        Rule.Each(
            46,
            "A decision states context, decision and consequences",
            "0001-broken.md",
            s => s.Files.In("architecture-tests/decisions"),
            (_, f) =>
                DecisionName().IsMatch(Path.GetFileName(f.Key))
                && f.Value.StartsWith("# " + Path.GetFileName(f.Key)[..4] + " ", StringComparison.Ordinal)
                && Headings.All(h => f.Value.Contains("\n" + h + "\n", StringComparison.Ordinal))
                    ? []
                    : [$"{f.Key} lacks its number or a heading"]
        ),
        Rule.Each(
            46,
            "Decisions are numbered without gap",
            "0003",
            s => s.Files.In("architecture-tests/decisions").Select((f, i) => (Path.GetFileName(f.Key), Number: $"{i + 1:0000}")),
            (_, d) => d.Item1.StartsWith(d.Number, StringComparison.Ordinal) ? [] : [$"{d.Item1} is not {d.Number}"]
        ),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Sources(Subject s) =>
        s.Files.Files.Where(f =>
            f.Key.EndsWith(".cs", StringComparison.Ordinal)
            && (s == Subject.Planted || !f.Key.Contains("Tests.Violations/", StringComparison.Ordinal))
        );

    // The path below src/Modules/X/ or src/BuildingBlocks/ begins with the project, whose name is the root of the namespace.
    private static string Folder(string path)
    {
        var folder = path[..path.LastIndexOf('/')].Split('/');
        var project = Array.FindIndex(folder, p => p.StartsWith("Pac.", StringComparison.Ordinal) || p is "MediatR.Contracts");
        return project < 0 ? "Pac." + string.Join('.', folder.Skip(1)) : string.Join('.', folder.Skip(project));
    }

    private static IEnumerable<MethodInfo> LogMethods(Subject s) =>
        s
            .AllTypes.SelectMany(t =>
                t.GetMethods(
                    BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            .Where(m => m.IsDefined(typeof(LoggerMessageAttribute)));

    private static bool IsLoggable(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var bare
        && (
            bare.IsPrimitive
            || bare.IsEnum
            || bare == typeof(string)
            || bare == typeof(Guid)
            || bare == typeof(DateTimeOffset)
            || bare == typeof(DateOnly)
            || bare == typeof(TimeSpan)
            || typeof(ILogger).IsAssignableFrom(bare)
            || typeof(Exception).IsAssignableFrom(bare)
        );

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|\bSkip\s*=\s*""|NotImplementedException")]
    private static partial Regex Undone();

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();
}
