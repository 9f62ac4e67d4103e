using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Exchange;

/// <summary>Where what another system says is applied. Whatever was changed is saved by the caller, with the message.</summary>
internal interface IExchangeInbox
{
    /// <summary>Applies a message that could be read.</summary>
    /// <exception cref="SharedKernel.BusinessRuleException">It contradicts a rule; nothing of it counts.</exception>
    Task Apply(ExchangeMessage message, IncomingStatus said, CancellationToken ct);
}

/// <summary>Where the files that another system names are taken in.</summary>
internal interface IExchangeFiles
{
    /// <summary>Checks what is known of a file before it comes.</summary>
    /// <exception cref="SharedKernel.BusinessRuleException">It would not be taken.</exception>
    Task Check(ExchangeMessage message, IncomingFile said, CancellationToken ct);

    /// <summary>Takes a file in as it comes, by the checks of every upload, and saves it with the message that names it.</summary>
    /// <exception cref="SharedKernel.BusinessRuleException">It cannot be taken.</exception>
    Task Take(ExchangeMessage message, IncomingFile said, PartnerFile file, CancellationToken ct);
}
