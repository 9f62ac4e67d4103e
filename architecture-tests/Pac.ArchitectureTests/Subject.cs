using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Mono.Cecil;
using Pac.BuildingBlocks;
using Type = System.Type;

namespace Pac.ArchitectureTests;

/// <summary>What the rules are run on: files, assemblies, contexts and endpoints, of the product or of the planted violations.</summary>
internal sealed class Subject
{
    private readonly Lazy<Dictionary<string, IReadOnlySet<string>>> _needs;
    private readonly Lazy<IReadOnlyList<DbContext>> _contexts;
    private readonly Lazy<IReadOnlyList<FoundEndpoint>> _endpoints;
    private readonly Dictionary<string, ModuleDefinition> _il;

    private Subject(Tree files, IReadOnlyList<Assembly> modules, IReadOnlyList<Assembly> others, Assembly kernel)
    {
        Files = files;
        Kernel = kernel;
        Assemblies = [.. modules, .. others];
        Types = [.. modules.SelectMany(Written)];
        AllTypes = [.. Assemblies.SelectMany(Written)];
        _il = Assemblies.ToDictionary(a => a.GetName().Name!, a => ModuleDefinition.ReadModule(a.Location));
        _needs = new(FindNeeds);
        _contexts = new(() => [.. Types.SelectMany(Contexts)]);
        _endpoints = new(() => FoundEndpoint.Of(Types));
    }

    /// <summary>The product as it is built.</summary>
    public static Subject Product { get; } = LoadProduct();

    /// <summary>The broken samples.</summary>
    public static Subject Planted { get; } =
        new(PlantedTree.Files(), [typeof(Pac.Violations.ViolationsModule).Assembly], [], typeof(Pac.Violations.ViolationsModule).Assembly);

    public Tree Files { get; }

    /// <summary>Modules, their contracts, building blocks and host.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; }

    /// <summary>The assembly that has to stay pure.</summary>
    public Assembly Kernel { get; }

    /// <summary>Types of modules and contracts that somebody wrote.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>The same with building blocks and host.</summary>
    public IReadOnlyList<Type> AllTypes { get; }

    public IReadOnlyList<DbContext> DbContexts => _contexts.Value;

    public IReadOnlyList<FoundEndpoint> Endpoints => _endpoints.Value;

    /// <summary>Full names of all types that a type, its members and their bodies need.</summary>
    public IReadOnlySet<string> Needs(Type type) => _needs.Value.GetValueOrDefault(type.FullName!) ?? new HashSet<string>();

    /// <summary>The compiled methods of a type, with those the compiler made for its lambdas and state machines.</summary>
    public IEnumerable<MethodDefinition> Methods(Type type)
    {
        var top = _il[type.Assembly.GetName().Name!].GetType(type.FullName!.Replace('+', '/'));
        return Flat(top).SelectMany(t => t.Methods);

        static IEnumerable<TypeDefinition> Flat(TypeDefinition t) => t.NestedTypes.SelectMany(Flat).Prepend(t);
    }

    private static Subject LoadProduct()
    {
        var files = Tree.OfRepository();
        List<Assembly> modules = [];
        foreach (var module in files.Modules())
            modules.AddRange(Assembly.Load($"Pac.{module}"), Assembly.Load($"Pac.{module}.Contracts"));
        var kernel = typeof(SharedKernel.AggregateRoot).Assembly;
        var blocks = new[] { kernel, typeof(IModule).Assembly, typeof(EmbeddedPostgres.EmbeddedServer).Assembly };
        return new(files, modules, [.. blocks, typeof(Host.Modules).Assembly], kernel);
    }

    private static IEnumerable<Type> Written(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(t => t.Namespace?.StartsWith("Pac.", StringComparison.Ordinal) == true)
            .Where(t => !t.Namespace!.EndsWith(".Migrations", StringComparison.Ordinal))
            .Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute), false) && !t.Name.Contains('<', StringComparison.Ordinal));

    private static IEnumerable<DbContext> Contexts(Type type) =>
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>)
        let factory = Activator.CreateInstance(type)
        select (DbContext)contract.GetMethod("CreateDbContext")!.Invoke(factory, [Array.Empty<string>()])!;

    private Dictionary<string, IReadOnlySet<string>> FindNeeds()
    {
        var architecture = new ArchLoader().LoadAssemblies([.. Assemblies]).Build();
        return architecture
            .Types.GroupBy(t => t.FullName)
            .ToDictionary(g => g.Key, g => (IReadOnlySet<string>)g.SelectMany(t => t.Dependencies).SelectMany(Names).ToHashSet());

        static IEnumerable<string> Names(ITypeDependency dependency) =>
            dependency is TypeInstanceDependency instance
                ? instance.TargetGenericArguments.SelectMany(Arguments).Append(dependency.Target.FullName)
                : [dependency.Target.FullName];

        static IEnumerable<string> Arguments(ArchUnitNET.Domain.GenericArgument argument) =>
            argument.GenericArguments.SelectMany(Arguments).Append(argument.Type.FullName);
    }
}

/// <summary>An endpoint as it was mapped, or why it could not be.</summary>
internal sealed record FoundEndpoint(string Name, RouteEndpoint? Route, string? Fault)
{
    public static IReadOnlyList<FoundEndpoint> Of(IReadOnlyList<Type> types)
    {
        var modules = types.Where(t => t.IsClass && typeof(IModule).IsAssignableFrom(t)).Select(t => (IModule)Activator.CreateInstance(t)!);
        return EndpointFinder.Find([.. modules]);
    }
}
