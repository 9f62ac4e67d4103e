using Pac.SharedKernel;
using Pac.Violations.Domain;

namespace Pac.Violations.Contracts;

// Rule 33: no name.
public sealed record Nameless(Guid Id) : IIntegrationEvent;

// Rules 33 (one name for two) and 34 (told by nobody).
[EventName("violations.happened.v1")]
public sealed record NeverTold(Guid Id) : IIntegrationEvent;

[EventName("violations.happened.v1")]
public sealed record ToldAgain(Guid Id) : IIntegrationEvent;

// Rule 34: a member that JSON does not carry.
public sealed record Forgetful
{
    public Forgetful(Guid thing) => Hidden = thing;

    internal Guid Hidden { get; }
}

// Rules 32 (behaviour) and 35 (used by no other module).
public sealed class Behaving
{
    public int Add(int left, int right) => left + right;
}

// Rule 32: shows an entity.
internal sealed record Revealing(LeakyAggregate Aggregate);
