using Microsoft.Extensions.Logging;

namespace Pac.Dossiers;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Warning, "Round of webhooks failed: {Error}")]
    public static partial void WebhookRoundFailed(ILogger logger, string error);

    [LoggerMessage(202, LogLevel.Warning, "Webhook subscription {Id} was disabled: {Why}")]
    public static partial void WebhookDisabled(ILogger logger, Guid id, string why);

    [LoggerMessage(203, LogLevel.Warning, "Webhook delivery {Id} was given up after {Attempts} tries: {Error}")]
    public static partial void WebhookGivenUp(ILogger logger, Guid id, int attempts, string error);

    [LoggerMessage(211, LogLevel.Warning, "Round of the exchange with {Partner} failed: {Error}")]
    public static partial void ExchangeRoundFailed(ILogger logger, string partner, string error);
}
