using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Pac.Dossiers.Webhooks;

/// <summary>How events are sent, as the operator configures it under <c>Webhooks</c>.</summary>
internal sealed record WebhookSettings
{
    // Standard Webhooks: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
    private const string StandardSchedule = "5,300,1800,7200,18000,36000,50400,72000,86400";

    /// <summary>Whether private, loopback and link-local addresses, plain HTTP and any port may be named; for development and tests.</summary>
    public required bool AllowPrivateAddresses { get; init; }

    public required IReadOnlyList<int> AllowedPorts { get; init; }

    /// <summary>How long after a failed try the next one is due; after the last one it is given up.</summary>
    public required IReadOnlyList<TimeSpan> Retries { get; init; }

    /// <summary>By how much a wait is varied at random, in parts of it.</summary>
    public required double Jitter { get; init; }

    /// <summary>How long a receiver may take in all.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long a receiver that is away is left alone at most, so that it is found soon when it is back.</summary>
    public required TimeSpan LongestPause { get; init; }

    /// <summary>For how many days events can be replayed.</summary>
    public required int KeptDays { get; init; }

    public required int MostPerOwner { get; init; }

    public static WebhookSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Webhooks");
        return new()
        {
            AllowPrivateAddresses = string.Equals(section["AllowPrivateAddresses"], "true", StringComparison.OrdinalIgnoreCase),
            AllowedPorts = [.. Numbers(section["AllowedPorts"] ?? "443,8443").Select(n => (int)n)],
            Retries = [.. Numbers(section["RetrySeconds"] ?? StandardSchedule).Select(TimeSpan.FromSeconds)],
            Jitter = Number(section["JitterPercent"], 10) / 100,
            Timeout = TimeSpan.FromSeconds(Number(section["TimeoutSeconds"], 15)),
            LongestPause = TimeSpan.FromSeconds(Number(section["LongestPauseSeconds"], 300)),
            KeptDays = (int)Number(section["KeptDays"], 30),
            MostPerOwner = (int)Number(section["MostPerOwner"], 1000),
        };
    }

    private static double Number(string? text, double otherwise) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture));
}
