using System.Text.RegularExpressions;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>What holds for every answer, whatever was asked and however it went (OWASP API8, ASVS 3.4 and 16.5).</summary>
internal static partial class Surface
{
    private static readonly (string Header, string Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
    ];

    public static void Check(ApiRequest request, Reply reply)
    {
        Assert.True(reply.Status < 500, $"{request} is answered {reply}");
        foreach (var (header, value) in Always)
            Assert.True(reply.Header(header) == value, $"{request} is answered without {header}: {value}");
        // A file that is handed out adds a sandbox to it.
        Assert.True(
            reply.Header("Content-Security-Policy")?.EndsWith("default-src 'none'; frame-ancestors 'none'", StringComparison.Ordinal)
                == true,
            $"{request} is answered without a policy"
        );
        Assert.True(reply.Header("API-Version") is not null, $"{request} is answered without a version");
        Assert.True(reply.Header("Server") is null && reply.Header("X-Powered-By") is null, $"{request}: the answer names the server");
        Assert.True(reply.Header("Access-Control-Allow-Credentials") is null, $"{request}: cookies of other sites are let in");
        var kept = reply.Header("Cache-Control");
        Assert.True(
            kept == "no-store"
                || kept == "public, max-age=60" && request.Operation.IsOpen
                || kept?.Contains("no-cache", StringComparison.Ordinal) == true && IsStream(reply),
            $"{request} may be kept: {kept}"
        );
        if (reply.Status < 400)
            return;
        Assert.True(reply.Header("Content-Type") == "application/problem+json", $"{request}: {reply} is no problem document");
        Assert.False(Inside().IsMatch(reply.Text), $"{request} shows the inside: {reply}");
    }

    private static bool IsStream(Reply reply) =>
        reply.Header("Content-Type")?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\bat \w+\.\w+|\.cs:line|Exception|Npgsql|Microsoft\.|System\.|SELECT |relation ", RegexOptions.CultureInvariant)]
    private static partial Regex Inside();
}
