using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Protocol;

/// <summary>OpenIddict's clients, with more than one secret each.</summary>
internal sealed class Clients(
    IOpenIddictApplicationCache<Client> cache,
    ILogger<OpenIddictApplicationManager<Client>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Client> store,
    IdentityStore db,
    TimeProvider clock
) : OpenIddictApplicationManager<Client>(cache, logger, options, store)
{
    private static readonly TimeSpan Noted = TimeSpan.FromHours(1);

    /// <summary>Stands in OpenIddict's column of a client whose secrets lie in their own table; no secret has it for its hash.</summary>
    public const string Elsewhere = "-";

    public override async ValueTask CreateAsync(Client application, string? secret, CancellationToken cancellationToken = default)
    {
        application.CreatedAt = clock.GetUtcNow();
        var secretive = secret is { Length: > 0 } || application.ClientType == OpenIddictConstants.ClientTypes.Confidential;
        await base.CreateAsync(application, secretive ? Elsewhere : null, cancellationToken);
        await Add(application, secret, cancellationToken);
    }

    public override async ValueTask UpdateAsync(Client application, string? secret, CancellationToken cancellationToken = default)
    {
        if (application.ClientType == OpenIddictConstants.ClientTypes.Confidential)
            application.ClientSecret = Elsewhere;
        await base.UpdateAsync(application, cancellationToken);
        await Add(application, secret, cancellationToken);
    }

    public override async ValueTask<bool> ValidateClientSecretAsync(
        Client application,
        string secret,
        CancellationToken cancellationToken = default
    )
    {
        if (!await HasClientTypeAsync(application, OpenIddictConstants.ClientTypes.Confidential, cancellationToken))
            return false;
        var (now, hash) = (clock.GetUtcNow(), ClientSecrets.HashOf(secret));
        var good = await db
            .ClientSecrets.AsNoTracking()
            .Where(s => s.ClientId == application.Id && (s.ExpiresAt == null || s.ExpiresAt > now))
            .Select(s => new
            {
                s.Id,
                s.Hash,
                s.LastUsedAt,
            })
            .ToListAsync(cancellationToken);
        if (good.Find(s => CryptographicOperations.FixedTimeEquals(s.Hash, hash)) is not { } known)
            // A secret from before the table of secrets lies in OpenIddict's own column until the next one is given.
            return application.ClientSecret is { Length: > 0 }
                && await base.ValidateClientSecretAsync(application, secret, cancellationToken);
        if (known.LastUsedAt is null || known.LastUsedAt < now - Noted)
            await db
                .ClientSecrets.Where(s => s.Id == known.Id)
                .ExecuteUpdateAsync(u => u.SetProperty(s => s.LastUsedAt, now), cancellationToken);
        return true;
    }

    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        new(Elsewhere);

    private async Task Add(Client client, string? secret, CancellationToken ct)
    {
        if (secret is not { Length: > 0 } || secret == Elsewhere)
            return;
        client.SecretsChangedAt = clock.GetUtcNow();
        db.ClientSecrets.Add(ClientSecrets.Entry(client, secret, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }
}
