using Microsoft.Extensions.Logging;

namespace Pac.Identity;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "The line for changes of rights is lost ({Error}); tokens are looked up until it is back")]
    public static partial void ListenerLost(ILogger logger, string error);

    [LoggerMessage(101, LogLevel.Warning, "A used refresh token came again; authorization {Authorization} is ended")]
    public static partial void RefreshTokenReused(ILogger logger, string? authorization);
}
