using MediatR;
using Pac.Elsewhere.Contracts;

namespace Pac.Violations.Features.Leaks;

// Rule 36: not named for what it reacts to, and not in ForOtherModules.
internal sealed class OnHappened : INotificationHandler<ElsewhereHappened>
{
    public Task Handle(ElsewhereHappened notification, CancellationToken cancellationToken) => Task.CompletedTask;
}
