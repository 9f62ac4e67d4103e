using System.Collections.Concurrent;
using System.Reflection;
using MediatR;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Messaging;

/// <summary>One reaction to a fact: the handler and the context it works with.</summary>
/// <param name="Handler">The handler's type, also its name in the inbox.</param>
/// <param name="Context">The consuming module's context.</param>
/// <param name="Invoke">Calls it.</param>
internal sealed record Consumer(Type Handler, Type Context, Func<object, object, CancellationToken, Task> Invoke);

/// <summary>Which facts exist under which name, and who reacts to them.</summary>
public sealed class EventCatalog
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private readonly Dictionary<string, Type> _types = [];
    private readonly Dictionary<Type, List<Consumer>> _consumers = [];

    internal EventCatalog(IEnumerable<ModuleContext> modules)
    {
        foreach (var module in modules)
        foreach (var handler in module.Module.Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsClass: true }))
        foreach (var fact in FactsOf(handler))
        {
            _types[NameOf(fact)] = fact;
            if (!_consumers.TryGetValue(fact, out var list))
                _consumers[fact] = list = [];
            list.Add(new(handler, module.ContextType, Invoker(fact)));
        }
    }

    /// <summary>The stable name of a fact.</summary>
    /// <param name="fact">Its type.</param>
    public static string NameOf(Type fact) =>
        Names.GetOrAdd(
            fact,
            f =>
                f.GetCustomAttribute<EventNameAttribute>()?.Name
                ?? throw new InvalidOperationException($"{f.Name} is published but carries no [EventName].")
        );

    internal Type? TypeOf(string name) => _types.GetValueOrDefault(name);

    internal IReadOnlyList<Consumer> ConsumersOf(Type fact) => _consumers.TryGetValue(fact, out var list) ? list : [];

    private static IEnumerable<Type> FactsOf(Type handler) =>
        from contract in handler.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(INotificationHandler<>)
        let fact = contract.GetGenericArguments()[0]
        where typeof(IIntegrationEvent).IsAssignableFrom(fact)
        select fact;

    private static Func<object, object, CancellationToken, Task> Invoker(Type fact) =>
        typeof(EventCatalog)
            .GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(fact)
            .CreateDelegate<Func<object, object, CancellationToken, Task>>();

    private static Task Call<TFact>(object handler, object fact, CancellationToken ct)
        where TFact : INotification => ((INotificationHandler<TFact>)handler).Handle((TFact)fact, ct);
}
