using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Web;

namespace Pac.ArchitectureTests.Rules;

/// <summary>Which room of a module may know what.</summary>
internal static class RoomRules
{
    // Of the building blocks the domain may use words only: marks of personal data, and who may see what.
    private static readonly string[] Frameworks =
    [
        "Microsoft.EntityFrameworkCore",
        "Microsoft.AspNetCore",
        "Microsoft.Extensions",
        "Npgsql",
        "FluentValidation",
        "System.Text.Json",
        "Pac.BuildingBlocks.Jobs",
        "Pac.BuildingBlocks.Mediation",
        "Pac.BuildingBlocks.Messaging",
        "Pac.BuildingBlocks.Persistence",
        "Pac.BuildingBlocks.Web",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            10,
            "The domain knows no framework and no other room",
            "Pac.Violations.Domain.LeakyAggregate needs Microsoft.EntityFrameworkCore",
            s => In(s, "Domain"),
            (s, t) => Needing(s, t, [.. Frameworks, $"Pac.{t.Module()}.Features", $"Pac.{t.Module()}.Persistence"])
        ),
        Rule.Each(
            10,
            "The domain does not go round the rule inside an asynchronous lambda",
            "Pac.Violations.Domain.HiddenInLambda needs System.Text.Json",
            s => In(s, "Domain"),
            (s, t) => Needing(s, t, "System.Text.Json")
        ),
        Rule.Each(
            11,
            "Handlers and validators know no HTTP",
            "Pac.Violations.Features.Leaks.LeakyHandler needs Microsoft.AspNetCore",
            s =>
                s.Types.Where(t =>
                    t.Name.EndsWith("Handler", StringComparison.Ordinal) || t.Name.EndsWith("Validator", StringComparison.Ordinal)
                ),
            (s, t) => Needing(s, t, "Microsoft.AspNetCore")
        ),
        Rule.Each(
            12,
            "A command handler writes through repositories, unless it queues a job",
            "Pac.Violations.Features.Leaks.LeakyHandler needs Microsoft.EntityFrameworkCore",
            s => s.Types.Where(t => t.Handled().Any(r => r.IsCommand())),
            (s, t) =>
                s.Needs(t).Contains(typeof(Job).FullName!)
                    ? []
                    : Needing(s, t, "Microsoft.EntityFrameworkCore", $"Pac.{t.Module()}.Persistence")
        ),
        Rule.Each(
            13,
            "Persistence knows no feature",
            "Pac.Violations.Persistence.LeakySql needs Pac.Violations.Features",
            s => In(s, "Persistence"),
            (s, t) => Needing(s, t, $"Pac.{t.Module()}.Features")
        ),
        Rule.Each(
            14,
            "Only endpoints and the entry know HTTP; an input record may say where its members come from",
            "Pac.Violations.Features.Leaks.Answers needs Microsoft.AspNetCore",
            s => s.Types,
            (s, t) =>
                KnowsHttp(t)
                    ? []
                    : Needing(s, t, "Microsoft.AspNetCore")
                        .Where(f => !(t.IsRecord() && IsBindingMark(f)) && !(t.Room() == "Persistence" && IsCipher(f)))
        ),
        Rule.Each(
            15,
            "The shared kernel needs the base library and the marker interfaces only",
            "Microsoft.EntityFrameworkCore",
            s => s.Kernel.GetReferencedAssemblies().Select(a => a.Name!),
            (_, a) => a.StartsWithAny("System", "MediatR.Contracts") ? [] : [$"The shared kernel needs {a}"]
        ),
        Rule.Each(
            31,
            "A context is used by its own module only",
            "Pac.Elsewhere.Features.Peeping needs Pac.Violations.Persistence",
            s => s.Types.Where(t => typeof(DbContext).IsAssignableFrom(t)),
            (s, c) => s.Types.Where(t => t.Module() != c.Module()).SelectMany(t => Needing(s, t, c.FullName!))
        ),
    ];

    private static IEnumerable<Type> In(Subject s, string room) => s.Types.Where(t => t.Room() == room);

    private static bool IsBindingMark(string fault) =>
        fault.EndsWith(" needs Microsoft.AspNetCore.Mvc.FromQueryAttribute", StringComparison.Ordinal);

    // Data Protection encrypts what is kept; it knows no request.
    private static bool IsCipher(string fault) => fault.Contains(" needs Microsoft.AspNetCore.DataProtection.", StringComparison.Ordinal);

    private static bool KnowsHttp(Type type) =>
        typeof(IEndpoint).IsAssignableFrom(type.DeclaringType ?? type) || typeof(IModule).IsAssignableFrom(type);

    private static IEnumerable<string> Needing(Subject s, Type type, params string[] forbidden) =>
        s.Needs(type).Where(n => n.StartsWithAny(forbidden)).Select(n => $"{type.FullName} needs {n}");
}
