using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.Dossiers.Webhooks;

namespace Pac.Dossiers.Notifications;

/// <summary>
/// The access token of Zalo, which lasts about a day. With <c>Notifications:Zalo:RefreshToken</c> it renews itself: each refresh token is good for
/// one time, so that one host renews at a time and all share what it got, sealed in the database. Without, the operator renews it in the configuration or
/// a file.
/// </summary>
internal sealed class ZaloTokens(
    IServiceScopeFactory scopes,
    GatewayClient client,
    SecretSeal seal,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<ZaloTokens> logger
)
{
    private const string Gateway = "zalo";
    private const string Address = "https://oauth.zaloapp.com/v4/oa/access_token";
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);
    private readonly IConfigurationSection _section = configuration.GetSection("Notifications:Zalo");

    /// <summary>Whether the operator has given a token in one way or another.</summary>
    public bool IsConfigured => Renews || _section["AccessToken"] is { Length: > 0 } || _section["AccessTokenFile"] is { Length: > 0 };

    private bool Renews => _section["RefreshToken"] is { Length: > 0 };

    // What the operator set, as it may stand in the database.
    private byte[] BegunWith => SHA256.HashData(Encoding.UTF8.GetBytes(_section["RefreshToken"]!));

    /// <summary>The token that opens Zalo now; null when there is none.</summary>
    public async Task<string?> Find(CancellationToken ct)
    {
        if (!Renews)
            return await Given(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        return Good(await db.FindToken(Gateway, BegunWith, ct)) ?? await Renewed(db, ct);
    }

    /// <summary>Notes that Zalo no longer takes a token, so that the next message renews it.</summary>
    public async Task Drop(string token, CancellationToken ct)
    {
        if (!Renews)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        if (await db.FindToken(Gateway, BegunWith, ct) is { Access: { } access } && Open(access) == token)
            await db.DropToken(Gateway, access, ct);
    }

    private async Task<string?> Renewed(DossiersDbContext db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var held = await db.HoldToken(Gateway, BegunWith, Seal(_section["RefreshToken"]!), ct);
        if (Good(held) is { } got)
        {
            // Another host was first.
            await transaction.CommitAsync(ct);
            return got;
        }
        // The refresh token is used up by being shown: the answer is waited for and kept even if the host is told to stop.
        var answer = await client.PostForm(
            _section["TokenEndpoint"] is { Length: > 0 } set ? set : Address,
            new Dictionary<string, string>
            {
                ["refresh_token"] = Open(held.Refresh),
                ["app_id"] = _section["AppId"] ?? "",
                ["grant_type"] = "refresh_token",
            },
            ("secret_key", _section["AppSecret"] ?? ""),
            CancellationToken.None
        );
        if (Read(answer) is not var (access, refresh, lives))
        {
            Log.ZaloTokenNotRenewed(logger, answer.Error ?? "refused");
            return null;
        }
        var now = clock.GetUtcNow();
        await db.KeepToken(Gateway, Seal(access), Seal(refresh), (now, now + lives), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return access;
    }

    private static (string Access, string Refresh, TimeSpan Lives)? Read(GatewayAnswer answer)
    {
        if (answer is not { Status: >= 200 and < 300, Body: { ValueKind: JsonValueKind.Object } json })
            return null;
        return
            Text(json, "access_token") is { } access
            && Text(json, "refresh_token") is { } refresh
            && int.TryParse(Text(json, "expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (access, refresh, TimeSpan.FromSeconds(seconds))
            : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private string? Good(GatewayToken? token) =>
        token is { Access: { } access } && token.ExpiresAt - Early > clock.GetUtcNow() ? Open(access) : null;

    private byte[] Seal(string token) => seal.Protect(Encoding.UTF8.GetBytes(token));

    private string Open(byte[] token) => Encoding.UTF8.GetString(seal.Unprotect(token));

    private async Task<string?> Given(CancellationToken ct)
    {
        if (_section["AccessTokenFile"] is not { Length: > 0 } file)
            return _section["AccessToken"];
        try
        {
            return (await File.ReadAllTextAsync(file, ct)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
