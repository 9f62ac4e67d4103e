using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>What a token endpoint gave.</summary>
/// <param name="Access">Access token.</param>
/// <param name="Refresh">Refresh token, if any.</param>
/// <param name="Id">Identity token, if any.</param>
internal sealed record Tokens(string Access, string? Refresh, string? Id)
{
    public static Tokens Of(Reply reply) =>
        new(
            reply.Expect(200).Json.GetProperty("access_token").GetString()!,
            reply.Json.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null,
            reply.Json.TryGetProperty("id_token", out var id) ? id.GetString() : null
        );
}

/// <summary>The sandbox as a front end or a machine uses it.</summary>
internal static class Demo
{
    public const string Password = Browser.DemoPassword;
    public const string Issuer = "https://id.pac.example/";
    public const string Callback = "http://localhost:5173/callback";
    public const string Verifier = "0123456789-0123456789-0123456789-0123456789";

    public static readonly string Challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The address at which the demonstration front end asks for a code; parameters given replace the usual ones, null leaves one out.</summary>
    public static string AuthorizeAddress(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = "demo-spa",
            ["redirect_uri"] = Callback,
            ["response_type"] = "code",
            ["scope"] = "openid profile offline_access identity",
            ["state"] = "st-1",
            ["nonce"] = "no-1",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            parameters[name] = value;
        return QueryHelpers.AddQueryString("/connect/authorize", parameters.Where(p => p.Value is not null));
    }

    public static Task<Reply> Token(this ModuleHost host, params (string Name, string Value)[] fields) =>
        host.Anonymous().Call(HttpMethod.Post, "/connect/token", Browser.Form(fields));

    public static Task<Reply> Machine(this ModuleHost host, params (string Name, string Value)[] more) =>
        host.Token([
            ("grant_type", "client_credentials"),
            ("client_id", "demo-machine"),
            ("client_secret", "demo-machine-secret"),
            .. more,
        ]);

    public static Task<Reply> Redeem(
        this ModuleHost host,
        string code,
        string? verifier = Verifier,
        string client = "demo-spa",
        string redirect = Callback
    ) =>
        host.Token([
            ("grant_type", "authorization_code"),
            ("client_id", client),
            ("code", code),
            ("redirect_uri", redirect),
            .. verifier is null ? Array.Empty<(string, string)>() : [("code_verifier", verifier)],
        ]);

    public static Task<Reply> Refresh(this ModuleHost host, string token, string client = "demo-spa", string? scope = null) =>
        host.Token([
            ("grant_type", "refresh_token"),
            ("client_id", client),
            ("refresh_token", token),
            .. scope is null ? Array.Empty<(string, string)>() : [("scope", scope)],
        ]);

    /// <summary>A person signs in through the page and the front end gets its tokens.</summary>
    public static async Task<Tokens> SignsIn(this ModuleHost host, string user, string password = Password)
    {
        using var browser = new Browser(host);
        var back = await browser.Authorize(AuthorizeAddress(), user, password);
        return Tokens.Of(await host.Redeem(back["code"]));
    }

    public static Task<Reply> Calls(this ModuleHost host, string accessToken, string path = "/api/v1/me") =>
        host.Anonymous().Get(path, ("Authorization", "Bearer " + accessToken));

    public static Task<Reply> Revoke(this ModuleHost host, string token, string client = "demo-spa") =>
        host.Anonymous().Call(HttpMethod.Post, "/connect/revoke", Browser.Form(("client_id", client), ("token", token)));

    public static Task<Reply> Introspect(this ModuleHost host, string token) =>
        host.Anonymous()
            .Call(
                HttpMethod.Post,
                "/connect/introspect",
                Browser.Form(("client_id", "demo-machine"), ("client_secret", "demo-machine-secret"), ("token", token))
            );

    public static Dictionary<string, string> Parameters(string address) =>
        QueryHelpers.ParseQuery(new Uri(new Uri("http://host"), address).Query).ToDictionary(p => p.Key, p => p.Value.ToString());

    public static JsonElement Payload(string jwt) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(jwt.Split('.')[1]));

    public static JsonElement Head(string jwt) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(jwt.Split('.')[0]));

    /// <summary>A user of his own for a test that changes him.</summary>
    public static async Task<User> NewUser(
        this ModuleHost host,
        string role = "SystemAdmin",
        string scope = "province",
        DateOnly? endsOn = null,
        string? email = null,
        bool confirmed = true
    )
    {
        await using var services = host.Services.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<IdentityStore>();
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = "user-" + Guid.CreateVersion7().ToString("N"),
            DisplayName = "Người dùng thử",
            Email = email,
            EmailConfirmed = confirmed && email is not null,
            LockoutEnabled = true,
        };
        Assert.True((await services.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, Password)).Succeeded);
        await host.Sql(
            "INSERT INTO identity.user_roles (user_id, role_id, scope, ends_on) SELECT $1, id, $2, $3::date FROM identity.roles WHERE name = $4",
            user.Id,
            scope,
            endsOn is null ? DBNull.Value : endsOn.Value,
            role
        );
        return user;
    }

    /// <summary>Waits for what another connection of the database has to tell this host.</summary>
    public static async Task<Reply> Until(int status, Func<Task<Reply>> call)
    {
        var reply = await call();
        for (var n = 0; n < 400 && reply.Status != status; n++)
        {
            await Task.Delay(10);
            reply = await call();
        }
        return reply.Expect(status);
    }
}
