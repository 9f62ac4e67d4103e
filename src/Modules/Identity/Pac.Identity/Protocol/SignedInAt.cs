using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Pac.Identity.Protocol;

/// <summary>When somebody really signed in. The cookie's own time of issue moves on with every renewal of the session.</summary>
internal static class SignedInAt
{
    private const string Item = "signed_in_at";

    public static Task Mark(CookieSigningInContext context)
    {
        var now = context.Options.TimeProvider!.GetUtcNow();
        context.Properties.Items[Item] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    /// <summary>The instant, to the second; null for a session without one.</summary>
    public static DateTimeOffset? Of(AuthenticationProperties? session) =>
        session?.Items.TryGetValue(Item, out var text) == true && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
