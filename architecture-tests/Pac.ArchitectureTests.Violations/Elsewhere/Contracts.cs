using Pac.SharedKernel;

namespace Pac.Elsewhere.Contracts;

public sealed record GetThing(Guid Id) : IQuery<string>;

[EventName("elsewhere.happened.v1")]
public sealed record ElsewhereHappened(Guid Id) : IIntegrationEvent;
