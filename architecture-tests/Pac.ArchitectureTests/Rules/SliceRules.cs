using System.Text.RegularExpressions;
using MediatR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.ArchitectureTests.Rules;

/// <summary>What a use case looks like.</summary>
internal static partial class SliceRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            16,
            "Every request has exactly one handler, in its own module",
            "Pac.Violations.Features.Leaks.Unheard has 0",
            s => s.Types.Where(t => t.IsRequest() && (!t.InContracts() || s.Types.Any(o => o.Module() == t.Module() && !o.InContracts()))),
            (s, r) =>
                s.Types.Count(t => t.Module() == r.Module() && t.Handled().Contains(r)) is var handlers and not 1
                    ? [$"{r.FullName} has {handlers} handlers"]
                    : []
        ),
        Rule.Each(
            16,
            "A request stands in the file named after it, with its handler",
            "TwoInOne.cs declares Unheard",
            s => s.Files.ModuleSources().Where(f => f.IsFeature),
            (_, f) =>
                Requests(f)
                    .Where(r => r != f.FileName || !f.Text.Contains($"class {r}Handler", StringComparison.Ordinal))
                    .Select(r => $"{f.Path}: {f.FileName}.cs declares {r} without being named after it, or without its handler")
        ),
        Rule.Each(
            17,
            "No file declares two requests",
            "TwoInOne.cs",
            s => s.Files.ModuleSources().Where(f => f.IsFeature),
            (_, f) => Requests(f).Count() > 1 ? [f.Path] : []
        ),
        Rule.Each(
            17,
            "A process shares nothing with another one but views, and queries that its endpoints send",
            "Pac.Violations.Features.Leaks.LeakyHandler needs Pac.Violations.Features.Others.Secret",
            s => s.Types.Where(t => t.Room() == "Features"),
            ForeignParts
        ),
        Rule.Each(
            18,
            "A handler takes the sender only to ask another module",
            "Pac.Violations.Features.Leaks.LeakyHandler",
            s => s.Types.Where(t => t.Handled().Any()),
            (s, t) =>
                TakesSender(t)
                && !s.Types.Any(r => r.IsRequest() && r.InContracts() && r.Module() != t.Module() && s.Needs(t).Contains(r.FullName!))
                    ? [$"{t.FullName} takes the sender without asking another module"]
                    : []
        ),
        Rule.Each(
            19,
            "Another module is never asked in a loop",
            "AsksInLoop.cs",
            s => s.Files.ModuleSources().Where(f => f.IsFeature),
            (_, f) =>
                ForeignContracts().Matches(f.Text).Any(m => m.Groups[1].Value != f.Module)
                && Loops(f.Bare).Any(l => l.Contains(".Send(", StringComparison.Ordinal))
                    ? [$"{f.Path} sends inside a loop"]
                    : []
        ),
        Rule.Each(
            20,
            "A command with more than ids has a validator",
            "Pac.Violations.Features.Leaks.Leaky",
            s => s.Types.Where(t => t.IsRequest() && t.IsCommand()),
            (s, c) =>
                !HasContent(c)
                || s.Types.Any(t =>
                    t.BaseType is { IsGenericType: true } b && b.Name == "AbstractValidator`1" && b.GetGenericArguments()[0] == c
                )
                    ? []
                    : [$"{c.FullName} has no validator"]
        ),
        Rule.Each(
            21,
            "A command handler saves exactly once",
            "Pac.Violations.Features.Leaks.LeakyHandler saves 2 times",
            s => s.Types.Where(t => t.Handled().Any(r => r.IsCommand())),
            (s, t) => Saves(s, t) is var saves and not 1 ? [$"{t.FullName} saves {saves} times"] : []
        ),
    ];

    private static IEnumerable<string> Requests(Source file) => Declared().Matches(file.Bare).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> ForeignParts(Subject s, Type type)
    {
        var process = Process(type.FullName!);
        foreach (
            var need in s.Needs(type).Where(n => n.StartsWithAny($"Pac.{type.Module()}.Features") && Process(n) is { } p && p != process)
        )
        {
            var isQuery = s.Types.Any(t => t.FullName == need && t.IsRequest() && !t.IsCommand());
            if (
                !need.EndsWith("View", StringComparison.Ordinal)
                && !(isQuery && typeof(IEndpoint).IsAssignableFrom(type.DeclaringType ?? type))
            )
                yield return $"{type.FullName} needs {need}";
        }
    }

    // The folder below Features; null for what lies in Features itself and belongs to all.
    private static string? Process(string fullName) => fullName.Split('.') is { Length: > 4 } parts ? parts[3] : null;

    private static bool TakesSender(Type type) =>
        type.GetConstructors()
            .SelectMany(c => c.GetParameters())
            .Any(p => p.ParameterType == typeof(ISender) || p.ParameterType == typeof(IMediator));

    private static bool HasContent(Type command) =>
        command
            .GetConstructors()
            .SelectMany(c => c.GetParameters())
            .Any(p => !IsId(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType, p.Name!));

    private static bool IsId(Type type, string name) =>
        type == typeof(Guid)
        || type == typeof(uint)
        || type == typeof(bool)
        || type.Implements(typeof(IStrongId<>))
        || type == typeof(string) && (name.EndsWith("Code", StringComparison.Ordinal) || name.EndsWith("Id", StringComparison.Ordinal));

    private static int Saves(Subject s, Type type) =>
        s.Methods(type)
            .Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions)
            .Count(i =>
                (i.OpCode == OpCodes.Callvirt || i.OpCode == OpCodes.Call)
                && i.Operand is MethodReference { Name: "Save" or "SaveChangesAsync" } called
                && called.ReturnType.FullName.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
            );

    // The bodies of loops, and the arguments of the calls that loop.
    private static IEnumerable<string> Loops(string code)
    {
        foreach (Match loop in LoopStart().Matches(code))
        {
            var open = loop.Index + loop.Length - 1;
            var close = Closing(code, open, '(', ')');
            if (loop.Value[0] == '.')
            {
                yield return code[open..close];
                continue;
            }
            var body = close + 1;
            while (body < code.Length && char.IsWhiteSpace(code[body]))
                body++;
            if (body >= code.Length)
                continue;
            var end = code[body] == '{' ? Closing(code, body, '{', '}') : code.IndexOf(';', body);
            yield return code[body..(end < 0 ? code.Length : end)];
        }
    }

    private static int Closing(string code, int open, char opens, char closes)
    {
        var depth = 0;
        for (var i = open; i < code.Length; i++)
        {
            depth +=
                code[i] == opens ? 1
                : code[i] == closes ? -1
                : 0;
            if (depth == 0)
                return i;
        }
        return code.Length;
    }

    [GeneratedRegex(@"\brecord\s+(\w+)[^;{]*?:\s*(?:ICommand|IQuery|IRequest)\b")]
    private static partial Regex Declared();

    [GeneratedRegex(@"using Pac\.(\w+)\.Contracts;")]
    private static partial Regex ForeignContracts();

    [GeneratedRegex(@"(?:\b(?:foreach|for|while)\s*|\.(?:Select|SelectMany|ForEach|ForEachAsync|Aggregate)\s*)\(")]
    private static partial Regex LoopStart();
}
