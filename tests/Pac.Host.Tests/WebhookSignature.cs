using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>The receiver's side in C#, as the documentation shows it.</summary>
public static partial class WebhookSignature
{
    /// <summary>Whether a call came from PAC: signed with our secret, and not older than five minutes.</summary>
    public static bool IsGenuine(string secret, string id, string timestamp, string signatures, string body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > 300)
            return false;
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        var given = signatures.Split(' ').Where(s => s.StartsWith("v1,", StringComparison.Ordinal)).Select(s => s[3..]);
        return given.Any(s =>
            CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(s), Encoding.ASCII.GetBytes(Convert.ToBase64String(expected)))
        );
    }

    /// <summary>Whether the documentation shows it as it stands here, apart from line breaks.</summary>
    public static async Task<bool> StandsInDocumentation()
    {
        var root = TestDatabase.RepositoryRoot();
        var page = await File.ReadAllTextAsync(Path.Combine(root, "docs", "webhooks.md"));
        var code = await File.ReadAllTextAsync(Path.Combine(root, "tests", "Pac.Host.Tests", "WebhookSignature.cs"));
        var shown = page.Split("```csharp\n")[1].Split("```")[0];
        return Space().Replace(code, "").Contains(Space().Replace(shown, ""), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
