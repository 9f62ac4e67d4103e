using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

internal sealed class SubscriptionWithId(WebhookSubscriptionId id) : Specification<WebhookSubscription>
{
    protected override Expression<Func<WebhookSubscription, bool>> Build() => s => s.Id == id;
}

/// <summary>Belonging to a caller; a subscription is nobody else's business.</summary>
internal sealed class OwnedBy(string subject) : Specification<WebhookSubscription>
{
    protected override Expression<Func<WebhookSubscription, bool>> Build() => s => s.OwnerSubject == subject;
}
