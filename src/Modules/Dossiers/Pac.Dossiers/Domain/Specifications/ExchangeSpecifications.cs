using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

internal sealed class ExchangeMessageWithId(ExchangePartner partner, ExchangeMessageId id) : Specification<ExchangeMessage>
{
    protected override Expression<Func<ExchangeMessage, bool>> Build() => m => m.Id == id && m.Partner == partner;
}

/// <summary>Come in before, word for word.</summary>
internal sealed class ReceivedBefore(ExchangePartner partner, string key) : Specification<ExchangeMessage>
{
    protected override Expression<Func<ExchangeMessage, bool>> Build() => m => m.Partner == partner && m.Key == key;
}
