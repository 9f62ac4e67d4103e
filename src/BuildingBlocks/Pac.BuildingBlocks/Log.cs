using Microsoft.Extensions.Logging;

namespace Pac.BuildingBlocks;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Outbox round failed: {Error}")]
    public static partial void OutboxRoundFailed(ILogger logger, string error);

    [LoggerMessage(2, LogLevel.Warning, "Delivery of {Event} {Id} to {Handler} failed: {Error}")]
    public static partial void DeliveryFailed(ILogger logger, string @event, Guid id, string handler, string error);

    [LoggerMessage(3, LogLevel.Debug, "{UseCase} took {Milliseconds} ms")]
    public static partial void UseCaseDone(ILogger logger, string useCase, double milliseconds);

    [LoggerMessage(4, LogLevel.Error, "Unhandled {Error} in {UseCase}, trace {TraceId}")]
    public static partial void Unhandled(ILogger logger, string error, string useCase, string traceId, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "The database is away: {Error}, trace {TraceId}")]
    public static partial void DatabaseAway(ILogger logger, string error, string traceId);

    [LoggerMessage(6, LogLevel.Warning, "Job {Kind} {Id} failed in run {Fence}: {Error}")]
    public static partial void JobFailed(ILogger logger, string kind, Guid id, int fence, string error, Exception? exception);

    [LoggerMessage(7, LogLevel.Warning, "Job round failed: {Error}")]
    public static partial void JobRoundFailed(ILogger logger, string error);

    [LoggerMessage(8, LogLevel.Warning, "Sealing of the audit trail failed: {Error}")]
    public static partial void SealingFailed(ILogger logger, string error);
}
