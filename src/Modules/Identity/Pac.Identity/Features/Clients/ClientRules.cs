using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Contracts;
using Pac.Facilities.Contracts;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using Pac.SharedKernel;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Features.Clients;

/// <summary>What may be set about an application.</summary>
/// <param name="Name" example="Cổng dịch vụ của xã">Name to show to people who sign in through it.</param>
/// <param name="Owner" example="VNPT Đắk Lắk, 0262 3123456">Who answers for it, with a way to reach them.</param>
/// <param name="Scopes">What it may touch, such as <c>dossiers.read</c>.</param>
/// <param name="RedirectAddresses">Where people come back to after sign-in: https, or http on a loopback address; none for a machine.</param>
/// <param name="SignOutAddresses">Where people come back to after sign-out.</param>
/// <param name="Grants">The roles in which a machine acts for itself; none for others.</param>
/// <param name="RateLimitPerMinute">Requests per minute and host for all of its users together, 1 to 1,000,000.</param>
/// <param name="MustSendIdempotencyKey">Whether it has to send an <c>Idempotency-Key</c> with every POST.</param>
/// <param name="Keys">Public keys as a JSON Web Key Set, for signed assertions instead of a secret; none for a browser.</param>
internal sealed record ClientSettings(
    string Name,
    string Owner,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string>? RedirectAddresses = null,
    IReadOnlyList<string>? SignOutAddresses = null,
    IReadOnlyList<GrantView>? Grants = null,
    int? RateLimitPerMinute = null,
    bool MustSendIdempotencyKey = false,
    string? Keys = null
);

internal sealed class ClientSettingsValidator : AbstractValidator<ClientSettings>
{
    private const string ScopePattern = "^(province|(centre|agency):[A-Za-z0-9.-]{1,60})$";

    public ClientSettingsValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Owner).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Scopes).NotNull().MostItems(30);
        RuleForEach(c => c.Scopes).NotEmpty().MaximumLength(60);
        RuleFor(c => c.RedirectAddresses).MostItems(20);
        RuleForEach(c => c.RedirectAddresses).NotEmpty().MaximumLength(400);
        RuleFor(c => c.SignOutAddresses).MostItems(20);
        RuleForEach(c => c.SignOutAddresses).NotEmpty().MaximumLength(400);
        RuleFor(c => c.Grants).MostItems(20);
        RuleForEach(c => c.Grants).NotNull();
        RuleForEach(c => c.Grants)
            .ChildRules(g =>
            {
                g.RuleFor(x => x.Role).NotEmpty().MaximumLength(100);
                g.RuleFor(x => x.Scope).NotEmpty().MaximumLength(80).MatchesWhole(ScopePattern);
            });
        RuleFor(c => c.RateLimitPerMinute).InclusiveBetween(1, 1_000_000);
        RuleFor(c => c.Keys).MaximumLength(20_000);
    }
}

/// <summary>The rules of registering an application, after RFC 9700.</summary>
internal sealed class ClientRules(IdentityStore db, ISender sender)
{
    public const string IdempotencyRequirement = "pac:idempotency-key";

    /// <summary>Applications are the province's: who administers one centre registers none.</summary>
    public void MustCoverProvince()
    {
        if (db.User.Scope != DataScope.Province)
            throw new BusinessRuleException(IdentityErrors.BeyondReach);
    }

    /// <summary>Checks the settings and writes them into the registration.</summary>
    /// <exception cref="BusinessRuleException">Something in them cannot be.</exception>
    public async Task Apply(Client client, ClientKind kind, ClientSettings settings, CancellationToken ct)
    {
        MustStand(kind, settings);
        await MustExist(settings.Grants ?? [], ct);
        client.DisplayName = settings.Name;
        client.Owner = settings.Owner;
        client.RateLimitPerMinute = settings.RateLimitPerMinute;
        client.ClientType = kind == ClientKind.Browser ? ClientTypes.Public : ClientTypes.Confidential;
        client.ConsentType = ConsentTypes.Implicit;
        client.RedirectUris = JsonSerializer.Serialize(settings.RedirectAddresses ?? []);
        client.PostLogoutRedirectUris = JsonSerializer.Serialize(settings.SignOutAddresses ?? []);
        client.Permissions = JsonSerializer.Serialize(Allowed(kind, settings));
        client.Requirements = JsonSerializer.Serialize(Required(kind, settings));
        client.JsonWebKeySet = settings.Keys;
        client.ConcurrencyToken = Guid.CreateVersion7().ToString();
    }

    /// <summary>Sets in which roles the application acts for itself.</summary>
    public async Task Grant(string clientId, IReadOnlyList<GrantView> grants, CancellationToken ct)
    {
        var names = grants.Select(g => g.Role).ToList();
        var roles = await db.Roles.Include(r => r.Permissions).Where(r => names.Contains(r.Name)).ToDictionaryAsync(r => r.Name, ct);
        for (var i = 0; i < grants.Count; i++)
            if (!roles.ContainsKey(grants[i].Role))
                throw new BusinessRuleException(IdentityErrors.UnknownRole.With(grants[i].Role).At($"/grants/{i}/role"));
        if (SeparationOfDuties.FirstIn([.. roles.Values.SelectMany(r => r.Permissions).Select(p => p.Permission)]) is { } conflict)
            throw new BusinessRuleException(IdentityErrors.DutiesMixed.With(conflict.Vietnamese, conflict.English).At("/grants"));
        var held = await db.ClientGrants.Where(g => g.ClientId == clientId).ToListAsync(ct);
        if (
            clientId == db.User.Caller.Subject
            && !held.Select(h => (h.RoleId, h.Scope)).ToHashSet().SetEquals(grants.Select(g => (roles[g.Role].Id, g.Scope)))
        )
            throw new BusinessRuleException(IdentityErrors.OwnRights);
        db.ClientGrants.RemoveRange(held.Where(h => !grants.Any(g => roles[g.Role].Id == h.RoleId)));
        foreach (var grant in grants.DistinctBy(g => g.Role))
        {
            if (held.Find(h => h.RoleId == roles[grant.Role].Id) is { } known)
                known.Scope = grant.Scope;
            else
                db.ClientGrants.Add(
                    new()
                    {
                        ClientId = clientId,
                        RoleId = roles[grant.Role].Id,
                        Scope = grant.Scope,
                    }
                );
        }
    }

    private static void MustStand(ClientKind kind, ClientSettings settings)
    {
        var redirects = settings.RedirectAddresses ?? [];
        var signOuts = settings.SignOutAddresses ?? [];
        if (kind == ClientKind.Machine ? redirects.Count + signOuts.Count > 0 : redirects.Count == 0)
            throw new BusinessRuleException(IdentityErrors.RedirectsOfKind.At("/redirectAddresses"));
        MustBeSafe(redirects, "/redirectAddresses");
        MustBeSafe(signOuts, "/signOutAddresses");
        if (kind != ClientKind.Machine && settings.Grants is { Count: > 0 })
            throw new BusinessRuleException(IdentityErrors.GrantsOfKind.At("/grants"));
        for (var i = 0; i < settings.Scopes.Count; i++)
            if (!ServerSetup.ApiScopes.Contains(settings.Scopes[i]))
                throw new BusinessRuleException(IdentityErrors.UnknownOAuthScope.With(settings.Scopes[i]).At($"/scopes/{i}"));
        if (settings.Keys is not null && (kind == ClientKind.Browser || !ArePublicKeys(settings.Keys)))
            throw new BusinessRuleException(IdentityErrors.UnfitKeys.At("/keys"));
    }

    // RFC 9700, 2.1 and 4.1.3: the whole address is compared, so it has no wildcard and no fragment; plain http only stays on the device.
    private static void MustBeSafe(IReadOnlyList<string> addresses, string pointer)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var safe =
                Uri.TryCreate(addresses[i], UriKind.Absolute, out var address)
                && address.Fragment.Length == 0
                && address.UserInfo.Length == 0
                && !addresses[i].Contains('*', StringComparison.Ordinal)
                // As written it is compared: what a browser would write otherwise could never be come back to.
                && addresses[i].StartsWith(address.Scheme + "://", StringComparison.Ordinal)
                && !addresses[i].Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
                && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
            if (!safe)
                throw new BusinessRuleException(IdentityErrors.UnsafeAddress.At($"{pointer}/{i}"));
        }
    }

    private static bool ArePublicKeys(string json)
    {
        try
        {
            var keys = new JsonWebKeySet(json).Keys;
            return keys.Count is > 0 and <= 10
                && keys.All(k => !k.HasPrivateKey && k.K is null && (k.Kty == "EC" || k.Kty == "RSA" && k.KeySize >= 2048));
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task MustExist(IReadOnlyList<GrantView> grants, CancellationToken ct)
    {
        if (grants.All(g => g.Scope == "province"))
            return;
        HashSet<string> places =
        [
            .. (await sender.Send(new GetCentres(), ct)).Select(c => $"centre:{c.Code}"),
            .. (await sender.Send(new GetAgencies(), ct)).Select(a => $"agency:{a.Code}"),
        ];
        for (var i = 0; i < grants.Count; i++)
            if (grants[i].Scope != "province" && !places.Contains(grants[i].Scope))
                throw new BusinessRuleException(IdentityErrors.UnknownScope.With(grants[i].Scope).At($"/grants/{i}/scope"));
    }

    private static List<string> Allowed(ClientKind kind, ClientSettings settings)
    {
        List<string> allowed = [Permissions.Endpoints.Token, Permissions.Endpoints.Revocation];
        if (kind == ClientKind.Machine)
            allowed.AddRange([Permissions.Endpoints.Introspection, Permissions.GrantTypes.ClientCredentials]);
        else
            allowed.AddRange([
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.EndSession,
                Permissions.Endpoints.PushedAuthorization,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
                Permissions.Scopes.Email,
            ]);
        if (kind == ClientKind.WebServer)
            allowed.Add(Permissions.Endpoints.Introspection);
        allowed.AddRange(settings.Scopes.Distinct().Select(s => Permissions.Prefixes.Scope + s));
        return allowed;
    }

    private static List<string> Required(ClientKind kind, ClientSettings settings)
    {
        List<string> required = [];
        if (kind != ClientKind.Machine)
            required.Add(Requirements.Features.ProofKeyForCodeExchange);
        if (settings.MustSendIdempotencyKey)
            required.Add(IdempotencyRequirement);
        return required;
    }
}
