using Microsoft.Extensions.Logging;
using Pac.Violations.Features.Leaks;

namespace Pac.Violations;

internal static partial class Log
{
    // Rule 41: a command in a log line.
    [LoggerMessage(1, LogLevel.Information, "Done {Command}")]
    public static partial void CommandDone(ILogger logger, Leaky command);
}
