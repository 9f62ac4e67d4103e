using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pac.BuildingBlocks;

/// <summary>Names under which the product traces and measures itself.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "Pac";

    /// <summary>Use cases and deliveries.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>Counters and durations.</summary>
    public static readonly Meter Meter = new(Name);
}
