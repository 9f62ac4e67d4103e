using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;

namespace Pac.ArchitectureTests.Rules;

/// <summary>What every endpoint states. The document made from it is checked where the host is tested.</summary>
internal static partial class ApiRules
{
    private const string ApprovedAnonymous = "architecture-tests/approved/anonymous.txt";

    private static readonly string[] Pages =
    [
        "/connect/",
        "/sign-in",
        "/sign-out",
        "/account",
        "/forgot-password",
        "/reset-password",
        "/confirm-email",
        "/invitation",
        "/health/",
        "/track/",
        "/guide/",
        "/payment-gateway/",
        "/notification-receipts/",
        "/sandbox-gateway/",
        "/admin",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(
            37,
            "Endpoints lie under /api/v1, the protocol, its pages and health outside",
            "/elsewhere",
            s => Routes(s).Select(Path),
            (_, r) =>
                r.StartsWith("/api/v1/", StringComparison.Ordinal) || Pages.Any(p => r.StartsWith(p, StringComparison.Ordinal))
                    ? []
                    : [$"{r} lies outside"]
        ),
        Rule.Each(
            37,
            "Paths are lower-case words with hyphens",
            "/api/v1/BadPath",
            s => Routes(s).Select(Path),
            (_, r) => GoodPath().IsMatch(r) ? [] : [$"{r} is not written as paths are"]
        ),
        Rule.Each(
            37,
            "A use case is one endpoint in the whole product",
            "DoLeaky",
            s => UseCases(s).GroupBy(u => u.UseCase),
            (_, g) => g.Count() > 1 ? [$"{g.Key} is mapped {g.Count()} times"] : []
        ),
        Rule.Each(
            37,
            "Every endpoint has a summary, and a description that ends in a full stop",
            "LeakyEndpoint",
            s => s.Files.ModuleSources().SelectMany(f => EndpointClass().Split(f.Text).Skip(1).Select(c => (f.Path, Code: c))),
            (_, c) =>
                c.Code.Contains("/// <summary>", StringComparison.Ordinal) && c.Code.Contains(".</remarks>", StringComparison.Ordinal)
                    ? []
                    : [$"{c.Path}: {c.Code[..c.Code.IndexOf(' ', StringComparison.Ordinal)]} is not described"]
        ),
        Rule.Each(
            37,
            "An endpoint is named for its use case",
            "Pac.Violations.Features.Leaks.LeakyRoute",
            s => s.Types.Where(t => t.IsClass && typeof(IEndpoint).IsAssignableFrom(t)),
            (_, t) =>
                t.Name.EndsWith("Endpoint", StringComparison.Ordinal) && t.Room() == "Features"
                    ? []
                    : [$"{t.FullName} is no endpoint by name or place"]
        ),
        Rule.Each(
            38,
            "Every endpoint states who may call it",
            "states no permission",
            s => s.Endpoints,
            (_, e) => e.Fault is null ? [] : [e.Fault]
        ),
        Rule.Each(
            38,
            "A permission belongs to the module of the endpoint",
            "DoForeignRight",
            s => Routes(s).Where(e => e.Metadata.GetMetadata<PermissionMetadata>() is not null),
            (_, e) =>
                e.Metadata.GetMetadata<UseCaseMetadata>() is { } useCase
                && e.Metadata.GetMetadata<PermissionMetadata>()!.Permission.Scope != useCase.Module
                    ? [$"{useCase.UseCase} asks for a right of another module"]
                    : []
        ),
        Rule.Each(
            38,
            "What may be called without a token stands in the approved list",
            "DoAnonymous",
            s => Routes(s).Take(1),
            (s, _) => Unapproved(s)
        ),
        Rule.Each(
            39,
            "Names of the shapes that the API shows are unique",
            "SameName",
            s => s.Types.Where(t => typeof(IEndpoint).IsAssignableFrom(t)).SelectMany(Shapes).Distinct().GroupBy(t => t.Name),
            (_, g) => g.Count() > 1 ? [$"{g.Key} is {string.Join(" and ", g.Select(t => t.FullName))}"] : []
        ),
    ];

    private static IEnumerable<RouteEndpoint> Routes(Subject s) => s.Endpoints.Select(e => e.Route).OfType<RouteEndpoint>();

    // Pages write their path without the first slash.
    private static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText?.TrimStart('/');

    private static IEnumerable<UseCaseMetadata> UseCases(Subject s) =>
        Routes(s).Select(e => e.Metadata.GetMetadata<UseCaseMetadata>()).OfType<UseCaseMetadata>();

    private static IEnumerable<string> Unapproved(Subject s)
    {
        var approved = s.Files.Files[ApprovedAnonymous].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var present = Routes(s)
            .Where(e => e.Metadata.GetMetadata<AnonymousMetadata>() is not null)
            .Select(e => e.Metadata.GetMetadata<UseCaseMetadata>()?.UseCase ?? e.RoutePattern.RawText!)
            .ToList();
        return present
            .Except(approved)
            .Select(u => $"{u} is open to anybody; add it to {ApprovedAnonymous} after review")
            .Concat(approved.Except(present).Select(u => $"{u} is approved and does not exist"));
    }

    // What goes in and out of an endpoint, with everything that can be reached from it.
    private static HashSet<Type> Shapes(Type endpoint)
    {
        HashSet<Type> found = [];
        Queue<Type> open = new(
            endpoint
                .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Where(m => m.Name.StartsWith("Handle", StringComparison.Ordinal))
                .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
        );
        while (open.TryDequeue(out var next))
        {
            foreach (
                var type in next.Spread()
                    .Where(t => !t.IsGenericParameter && t is { IsInterface: false, IsGenericType: false } && IsOurs(t) && found.Add(t))
            )
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                open.Enqueue(property.PropertyType);
        }
        return found;
    }

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("Pac.", StringComparison.Ordinal) == true && !type.Namespace.StartsWithAny("Pac.BuildingBlocks");

    [GeneratedRegex(@"^(/[a-z0-9-]+|/\{[a-zA-Z]+(:[a-z]+(\(.+\))?)?\})+$")]
    private static partial Regex GoodPath();

    [GeneratedRegex(@"class (?=\w+\s*:\s*IEndpoint\b)")]
    private static partial Regex EndpointClass();
}
