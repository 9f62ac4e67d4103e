using Microsoft.Extensions.Logging;

namespace Pac.Dossiers;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The file store cannot be used: {Error} {Number}")]
    public static partial void StoreFailed(ILogger logger, string error, int number);

    [LoggerMessage(2, LogLevel.Error, "The virus scan cannot be used: {Error}")]
    public static partial void ScanFailed(ILogger logger, string error);

    [LoggerMessage(3, LogLevel.Information, "Removed {Uploads} uploads and {Contents} contents that nobody refers to")]
    public static partial void FilesPruned(ILogger logger, int uploads, int contents);

    [LoggerMessage(4, LogLevel.Warning, "Pruning of files failed: {Error}")]
    public static partial void PruneFailed(ILogger logger, string error);
}
