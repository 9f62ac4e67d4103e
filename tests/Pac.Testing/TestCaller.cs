using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pac.BuildingBlocks.Security;

namespace Pac.Testing;

/// <summary>Somebody who calls a module under test, written into the request itself instead of a token.</summary>
/// <param name="Subject">Stable id of the user.</param>
/// <param name="ClientId">The application that calls.</param>
/// <param name="Scope">Data scope in written form: <c>province</c>, <c>centre:…</c>, <c>agency:…</c>, <c>own</c>.</param>
/// <param name="Permissions">What the user may do.</param>
/// <param name="OAuthScopes">What the application may touch; the modules of the permissions when null.</param>
public sealed record TestCaller(
    string Subject,
    string ClientId,
    string Scope,
    IReadOnlyList<string> Permissions,
    IReadOnlyList<string>? OAuthScopes = null
)
{
    private const string Prefix = "Test ";

    /// <summary>Whether the application is registered to send an <c>Idempotency-Key</c> with every POST.</summary>
    public bool MustSendKey { get; init; }

    /// <summary>A caller with these permissions over the whole province.</summary>
    public static TestCaller May(params string[] permissions) => new("test-user", "test-client", "province", permissions);

    /// <summary>The same rights in the hands of another user.</summary>
    public TestCaller As(string subject) => this with { Subject = subject };

    /// <summary>The same rights over other data.</summary>
    public TestCaller Over(string scope) => this with { Scope = scope };

    /// <summary>The same user through another application.</summary>
    public TestCaller Through(string clientId, params string[] oauthScopes) =>
        this with
        {
            ClientId = clientId,
            OAuthScopes = oauthScopes.Length == 0 ? null : oauthScopes,
        };

    /// <summary>The value of the <c>Authorization</c> header.</summary>
    public string ToHeader() => Prefix + JsonSerializer.Serialize(this);

    internal static CallerIdentity? Read(string? header)
    {
        if (header?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return null;
        var test = JsonSerializer.Deserialize<TestCaller>(header[Prefix.Length..])!;
        var scopes = test.OAuthScopes ?? [.. test.Permissions.Select(p => p[..p.IndexOf('.', StringComparison.Ordinal)])];
        return new(
            new Caller(
                test.Subject,
                test.Subject,
                test.ClientId,
                DataScope.Parse(test.Scope, test.Subject),
                test.Permissions.ToFrozenSet(),
                scopes.ToFrozenSet()
            )
            {
                MustSendIdempotencyKey = test.MustSendKey,
            },
            [new("sub", test.Subject)]
        );
    }
}

/// <summary>Stands where the token check of the identity module stands in the product.</summary>
internal sealed class TestAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(
            TestCaller.Read(Request.Headers.Authorization) is { } identity
                ? AuthenticateResult.Success(new(new(identity), Scheme.Name))
                : AuthenticateResult.NoResult()
        );

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
