using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Pac.Identity.Account;

/// <summary>What the operator decides about sign-in, read once.</summary>
internal sealed class SignInSettings(IConfiguration configuration)
{
    private readonly bool _sandbox = configuration["Pac:Sandbox"] == "true";

    /// <summary>A session that is not used ends after this.</summary>
    public TimeSpan Idle { get; } = Hours(configuration["Identity:Session:IdleHours"], 2);

    /// <summary>A session ends after this, used or not.</summary>
    public TimeSpan Absolute { get; } = Hours(configuration["Identity:Session:AbsoluteHours"], 10);

    /// <summary>How recent a sign-in must be to change how one signs in (ASVS 7.5.1).</summary>
    public TimeSpan Fresh { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a device may skip the second factor.</summary>
    public TimeSpan Trust { get; } = TimeSpan.FromDays(30);

    /// <summary>Roles whose holders need a second factor.</summary>
    public string[] SecondFactorFor { get; } =
    [.. configuration.GetSection("Identity:RequireSecondFactorFor").GetChildren().Select(c => c.Value).OfType<string>()];

    /// <summary>A cookie's name; the prefix binds it to this host and to HTTPS (RFC 6265bis, 4.1.3). Development speaks plain HTTP.</summary>
    public string CookieName(string name) => _sandbox ? name : "__Host-" + name;

    public CookieSecurePolicy Secure => _sandbox ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    public CookieOptions Cookie(TimeSpan? lives) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = !_sandbox,
            Path = "/",
            MaxAge = lives,
        };

    private static TimeSpan Hours(string? text, double otherwise) =>
        TimeSpan.FromHours(double.TryParse(text, CultureInfo.InvariantCulture, out var hours) && hours > 0 ? hours : otherwise);
}
