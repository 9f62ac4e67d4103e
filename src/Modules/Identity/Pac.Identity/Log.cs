using Microsoft.Extensions.Logging;

namespace Pac.Identity;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "The line for changes of rights is lost ({Error}); tokens are looked up until it is back")]
    public static partial void ListenerLost(ILogger logger, string error);

    [LoggerMessage(101, LogLevel.Warning, "A used refresh token came again; authorization {Authorization} is ended")]
    public static partial void RefreshTokenReused(ILogger logger, string? authorization);

    [LoggerMessage(110, LogLevel.Warning, "A letter of kind {Kind} was not sent ({Code}, {Error}); try {Try}")]
    public static partial void MailNotSent(ILogger logger, Mail.MailKind kind, string code, int @try, string? error);

    [LoggerMessage(111, LogLevel.Warning, "The provider {Provider} cannot be reached ({Error})")]
    public static partial void ProviderAway(ILogger logger, string provider, string error);

    [LoggerMessage(120, LogLevel.Information, "A new {Use} key {Key} is made; it is used from {From:O}")]
    public static partial void KeyMade(ILogger logger, string use, Guid key, DateTimeOffset from);

    [LoggerMessage(121, LogLevel.Information, "The {Use} key {Key} is removed; nothing made with it stands any more")]
    public static partial void KeyRemoved(ILogger logger, string use, Guid key);

    [LoggerMessage(122, LogLevel.Warning, "The server's keys cannot be read ({Error}); those in hand go on")]
    public static partial void KeysNotRead(ILogger logger, string error);

    [LoggerMessage(123, LogLevel.Information, "{Count} ended tokens, authorizations and assertions are removed")]
    public static partial void Pruned(ILogger logger, long count);

    [LoggerMessage(124, LogLevel.Warning, "Ended tokens could not be removed ({Error}); the next hour tries again")]
    public static partial void PruneFailed(ILogger logger, string error);
}
