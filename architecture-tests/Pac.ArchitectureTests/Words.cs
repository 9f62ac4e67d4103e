using MediatR;
using Pac.SharedKernel;

namespace Pac.ArchitectureTests;

/// <summary>What the names and bases of a type say about it.</summary>
internal static class Words
{
    /// <summary>The module, from <c>Pac.Module.Room</c>.</summary>
    public static string Module(this Type type) => type.Namespace!.Split('.')[1];

    /// <summary><c>Domain</c>, <c>Features</c>, <c>Persistence</c>, <c>Contracts</c> …; empty at the root of the module.</summary>
    public static string Room(this Type type) => type.Namespace!.Split('.') is { Length: > 2 } parts ? parts[2] : "";

    public static bool InContracts(this Type type) => type.Room() == "Contracts";

    public static bool Implements(this Type type, Type contract) => type.Contracts(contract).Any();

    /// <summary>The closed forms of an open generic interface that the type implements.</summary>
    public static IEnumerable<Type> Contracts(this Type type, Type contract) =>
        type.GetInterfaces().Where(i => i == contract || i.IsGenericType && i.GetGenericTypeDefinition() == contract);

    public static bool IsRequest(this Type type) => type.IsClass && typeof(IBaseRequest).IsAssignableFrom(type);

    public static bool IsCommand(this Type type) => type.Implements(typeof(ICommand<>));

    public static bool IsAggregate(this Type type) => type.IsSubclassOf(typeof(AggregateRoot));

    public static bool IsStatic(this Type type) => type is { IsAbstract: true, IsSealed: true };

    public static bool IsRecord(this Type type) => type.GetMethod("<Clone>$") is not null;

    /// <summary>Requests that a handler type handles.</summary>
    public static IEnumerable<Type> Handled(this Type type) =>
        type.IsClass
            ? type.Contracts(typeof(IRequestHandler<,>))
                .Concat(type.Contracts(typeof(IRequestHandler<>)))
                .Select(c => c.GetGenericArguments()[0])
            : [];

    /// <summary>The type itself with the types that fill its generic places, and what an array or nullable holds.</summary>
    public static IEnumerable<Type> Spread(this Type type)
    {
        if (type.HasElementType)
            return type.GetElementType()!.Spread();
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Spread).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    public static bool StartsWithAny(this string name, params string[] starts) =>
        starts.Any(s => name == s.TrimEnd('.') || name.StartsWith(s.EndsWith('.') ? s : s + ".", StringComparison.Ordinal));
}
