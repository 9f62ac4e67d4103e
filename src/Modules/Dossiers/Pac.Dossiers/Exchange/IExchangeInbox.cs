using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Exchange;

/// <summary>Where what another system says is applied. Whatever was changed is saved by the caller, with the message.</summary>
internal interface IExchangeInbox
{
    /// <summary>Applies a message that could be read.</summary>
    /// <exception cref="SharedKernel.BusinessRuleException">It contradicts a rule; nothing of it counts.</exception>
    Task Apply(ExchangeMessage message, IncomingStatus said, CancellationToken ct);
}
