using System.Diagnostics;
using System.Diagnostics.Metrics;
using MediatR;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Mediation;

/// <summary>Names the use case for audit and traces, and measures it. Never looks at its content.</summary>
/// <param name="user">Who acts.</param>
/// <param name="logger">Where durations go.</param>
public sealed class TimingBehavior<TRequest, TResponse>(CurrentUser user, ILogger<TimingBehavior<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly string UseCase = typeof(TRequest).Name;
    private static readonly bool IsReading = typeof(IQuery<TResponse>).IsAssignableFrom(typeof(TRequest));
    private static readonly KeyValuePair<string, object?> Tag = new("use_case", UseCase);

    /// <inheritdoc />
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        user.Begin(UseCase, isReading: IsReading);
        using var activity = Telemetry.Source.StartActivity(UseCase);
        var start = Stopwatch.GetTimestamp();
        var response = await next(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Durations.UseCase.Record(elapsed, Tag);
        Log.UseCaseDone(logger, UseCase, elapsed);
        return response;
    }
}

internal static class Durations
{
    public static readonly Histogram<double> UseCase = Telemetry.Meter.CreateHistogram<double>("pac.use_case.duration", "ms");
}
