using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Pac.Dossiers.Notifications;

/// <summary>How notifications are sent, as the operator configures it under <c>Notifications</c>.</summary>
internal sealed record NotificationSettings
{
    /// <summary>How long after a failed try the next one is due; after the last one it is given up.</summary>
    public required IReadOnlyList<TimeSpan> Retries { get; init; }

    /// <summary>How long the other side may take in all.</summary>
    public required TimeSpan Timeout { get; init; }

    public static NotificationSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Notifications");
        return new()
        {
            Retries =
            [
                .. (section["RetrySeconds"] ?? "30,300,1800,7200,21600,43200")
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(n => TimeSpan.FromSeconds(double.Parse(n, CultureInfo.InvariantCulture))),
            ],
            Timeout = TimeSpan.FromSeconds(
                double.TryParse(section["TimeoutSeconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out var s) ? s : 15
            ),
        };
    }
}
