using Microsoft.Extensions.Logging;

namespace Pac.Dossiers;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Warning, "The watch over deadlines failed in a round: {Error}")]
    public static partial void WatchFailed(ILogger logger, string error);
}
