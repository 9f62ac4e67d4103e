using MediatR;

namespace Pac.SharedKernel;

/// <summary>Something that happened inside one module, in the module's own types.</summary>
public interface IDomainEvent;

/// <summary>A published fact: primitives only, delivered at least once, in no promised order.</summary>
public interface IIntegrationEvent : INotification;

/// <summary>The name under which a fact is stored, <c>module.kebab-name.vN</c>. It outlives any renaming of the type.</summary>
/// <param name="name">The stable name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The stable name.</summary>
    public string Name { get; } = name;
}
