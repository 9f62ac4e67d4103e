using Microsoft.Extensions.Logging;

namespace Pac.Dossiers;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Warning, "The watch over deadlines failed in a round: {Error}")]
    public static partial void WatchFailed(ILogger logger, string error);

    [LoggerMessage(205, LogLevel.Warning, "The watch over escalations failed in a round: {Error}")]
    public static partial void EscalationsFailed(ILogger logger, string error);

    [LoggerMessage(201, LogLevel.Error, "The file store cannot be used: {Error} {Number}")]
    public static partial void StoreFailed(ILogger logger, string error, int number);

    [LoggerMessage(202, LogLevel.Error, "The virus scan cannot be used: {Error}")]
    public static partial void ScanFailed(ILogger logger, string error);

    [LoggerMessage(203, LogLevel.Information, "Removed {Uploads} uploads and {Contents} contents that nobody refers to")]
    public static partial void FilesPruned(ILogger logger, int uploads, int contents);

    [LoggerMessage(204, LogLevel.Warning, "Pruning of files failed: {Error}")]
    public static partial void PruneFailed(ILogger logger, string error);

    [LoggerMessage(221, LogLevel.Warning, "Round of webhooks failed: {Error}")]
    public static partial void WebhookRoundFailed(ILogger logger, string error);

    [LoggerMessage(222, LogLevel.Warning, "Webhook subscription {Id} was disabled: {Why}")]
    public static partial void WebhookDisabled(ILogger logger, Guid id, string why);

    [LoggerMessage(223, LogLevel.Warning, "Webhook delivery {Id} was given up after {Attempts} tries: {Error}")]
    public static partial void WebhookGivenUp(ILogger logger, Guid id, int attempts, string error);

    [LoggerMessage(231, LogLevel.Warning, "Round of the exchange with {Partner} failed: {Error}")]
    public static partial void ExchangeRoundFailed(ILogger logger, string partner, string error);

    [LoggerMessage(232, LogLevel.Error, "Message {Id} of another system could not be applied: {Error}")]
    public static partial void ExchangeMessageFailed(ILogger logger, Guid id, string error);

    [LoggerMessage(241, LogLevel.Warning, "The payment gateway could not be heard about an order: {Error}")]
    public static partial void GatewayAskFailed(ILogger logger, string error);

    [LoggerMessage(251, LogLevel.Warning, "Round of notifications failed: {Error}")]
    public static partial void NotificationRoundFailed(ILogger logger, string error);

    [LoggerMessage(252, LogLevel.Warning, "Notification {Id} was given up after {Attempts} tries: {Error}")]
    public static partial void NotificationGivenUp(ILogger logger, Guid id, int attempts, string error);

    [LoggerMessage(253, LogLevel.Information, "Erased the personal data of {Dossiers} dossiers whose time had come")]
    public static partial void PersonalDataErased(ILogger logger, int dossiers);

    [LoggerMessage(254, LogLevel.Warning, "The daily erasure could not be put in line: {Error}")]
    public static partial void ErasureNotScheduled(ILogger logger, string error);

    [LoggerMessage(255, LogLevel.Error, "The access token of Zalo could not be renewed: {Error}")]
    public static partial void ZaloTokenNotRenewed(ILogger logger, string error);
}
