using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Pac.Dossiers.Gateway;

/// <summary>Which payment gateway there is, as the operator configures it under <c>Payments</c>.</summary>
internal sealed record GatewaySettings
{
    // The sandbox is for development, where every secret is published.
    private const string SandboxSecret = "pac-sandbox-gateway";

    /// <summary>Whether the sandbox stands for the gateway.</summary>
    public required bool IsSandbox { get; init; }

    /// <summary>The key with which the gateway signs its notices.</summary>
    public required string Secret { get; init; }

    /// <summary>How long an order can be paid.</summary>
    public required TimeSpan Validity { get; init; }

    /// <summary>After how long without a notice the gateway is asked, and asked again.</summary>
    public required TimeSpan Patience { get; init; }

    /// <exception cref="InvalidOperationException">The sandbox is asked for where real money is, or the gateway is not known.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Payments");
        var development = string.Equals(configuration["Pac:Sandbox"], "true", StringComparison.OrdinalIgnoreCase);
        var name = section["Gateway"] ?? (development ? "sandbox" : "none");
        if (name is not ("sandbox" or "none"))
            throw new InvalidOperationException($"Payments:Gateway may be 'none' or 'sandbox', not '{name}'.");
        if (name == "sandbox" && !development)
            throw new InvalidOperationException(
                "Payments:Gateway may be 'sandbox' in Development only: anybody can say there that they paid."
            );
        return new()
        {
            IsSandbox = name == "sandbox",
            Secret = section["Secret"] ?? SandboxSecret,
            Validity = TimeSpan.FromMinutes(Number(section["ValidMinutes"], 30)),
            Patience = TimeSpan.FromSeconds(Number(section["AskSeconds"], 300)),
        };
    }

    private static double Number(string? text, double otherwise) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
}
