using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Protocol;

/// <summary>Identities by token, kept for at most 30 s and forgotten at once when any right or token changes anywhere.</summary>
internal sealed class KnownTokens
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<string, (CallerIdentity Identity, DateTimeOffset Until)> _known = new();
    private volatile bool _listening;
    private int _generation;

    /// <summary>Whether changes on other hosts are heard; nothing is kept while they are not.</summary>
    public bool Listening
    {
        get => _listening;
        set
        {
            _listening = value;
            Forget();
        }
    }

    public int Generation => Volatile.Read(ref _generation);

    public CallerIdentity? Find(string token, DateTimeOffset now) =>
        _known.TryGetValue(token, out var known) && known.Until > now ? known.Identity : null;

    // A look-up that began before a change must not be kept after it.
    public void Keep(string token, CallerIdentity identity, DateTimeOffset until, int generation)
    {
        if (!_listening || generation != Generation)
            return;
        if (_known.Count >= Most)
            _known.Clear();
        _known[token] = (identity, until);
        if (generation != Generation)
            _known.Clear();
    }

    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }
}

/// <summary>Makes a revocation hold on this host before it is answered; the other hosts hear of it from the database.</summary>
internal sealed class ForgetRevoked(KnownTokens known) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<OpenIddictServerEvents.HandleRevocationRequestContext>()
            .UseSingletonHandler<ForgetRevoked>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 1)
            .Build();

    public ValueTask HandleAsync(OpenIddictServerEvents.HandleRevocationRequestContext context)
    {
        known.Forget();
        return default;
    }
}

/// <summary>The token check of the API: signature, life time, audience, and whether token, user and rights still stand.</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    KnownTokens known,
    NpgsqlDataSource source,
    IOptionsMonitor<OpenIddictServerOptions> server,
    TimeProvider clock
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    public const string Audience = "pac-api";
    private const string Prefix = "Bearer ";
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var token = value[Prefix.Length..];
        var now = clock.GetUtcNow();
        var identity = known.Find(token, now) ?? await Look(token, now);
        return identity is null ? AuthenticateResult.Fail("invalid_token") : AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    private async Task<CallerIdentity?> Look(string token, DateTimeOffset now)
    {
        var generation = known.Generation;
        var settings = server.CurrentValue;
        var result = await Tokens.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidTypes = ["at+jwt"],
                ValidAudience = Audience,
                ValidateIssuer = settings.Issuer is not null,
                ValidIssuer = settings.Issuer?.AbsoluteUri,
                IssuerSigningKeys = settings.SigningCredentials.Select(c => c.Key),
                ClockSkew = TimeSpan.Zero,
                LifetimeValidator = (before, expires, _, _) => !(before > now.UtcDateTime.AddSeconds(5)) && expires > now.UtcDateTime,
            }
        );
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return null;
        var clientId = Claim(jwt, OpenIddictConstants.Claims.ClientId);
        var entry = Guid.TryParse(Claim(jwt, OpenIddictConstants.Claims.Private.TokenId), out var id) ? id : (Guid?)null;
        var session = Guid.TryParse(Claim(jwt, Account.Sessions.Id), out var sid) ? sid : (Guid?)null;
        var standing = await source.FindStanding(entry, session, jwt.Subject, clientId, now.LocalDay(), Context.RequestAborted);
        if (!standing.Valid)
            return null;
        var caller = new Caller(
            jwt.Subject,
            standing.Name,
            clientId,
            standing.Scope,
            standing.Reaches.Keys.ToFrozenSet(),
            Claim(jwt, OpenIddictConstants.Claims.Scope).Split(' ').ToFrozenSet()
        )
        {
            Reaches = standing.Reaches,
            MustSendIdempotencyKey = standing.MustSendIdempotencyKey,
            ClientLimit = standing.ClientLimit,
        };
        var identity = new CallerIdentity(caller, jwt.Claims);
        var expiry = new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero);
        known.Keep(token, identity, expiry < now + KeptFor ? expiry : now + KeptFor, generation);
        return identity;
    }

    private static string Claim(JsonWebToken jwt, string name) => jwt.TryGetPayloadValue<string>(name, out var value) ? value : "";
}
