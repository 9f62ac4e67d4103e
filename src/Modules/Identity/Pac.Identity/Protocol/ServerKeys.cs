using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Protocol;

/// <summary>Signing and encryption keys from the database, so that every host has the same and a restart changes nothing.</summary>
internal sealed class ServerKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock)
    : IConfigureOptions<OpenIddictServerOptions>
{
    private const long FirstKeysLock = 0x5041_434B_4559_5301;
    private readonly IDataProtector _protector = protection.CreateProtector("Pac.Identity.ServerKeys");

    public void Configure(OpenIddictServerOptions options)
    {
        foreach (var key in Keys())
        {
            var raw = _protector.Unprotect(Convert.FromBase64String(key.Wrapped));
            if (key.Use == "enc")
            {
                options.EncryptionCredentials.Add(
                    new(
                        new SymmetricSecurityKey(raw) { KeyId = "enc-" + key.Id.ToString("N") },
                        SecurityAlgorithms.Aes256KW,
                        SecurityAlgorithms.Aes256CbcHmacSha512
                    )
                );
                continue;
            }
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(raw, out _);
            options.SigningCredentials.Add(
                new(new RsaSecurityKey(rsa) { KeyId = "sig-" + key.Id.ToString("N") }, SecurityAlgorithms.RsaSha256)
            );
        }
    }

    private List<ServerKey> Keys()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        // Two hosts that start on an empty database at once must not make two sets.
        using var transaction = db.Database.BeginTransaction();
        db.Database.ExecuteSql($"SELECT pg_advisory_xact_lock({FirstKeysLock})");
        var keys = db.ServerKeys.OrderByDescending(k => k.CreatedAt).ToList();
        if (keys.Count == 0)
        {
            using var rsa = RSA.Create(2048);
            keys.Add(New("sig", rsa.ExportPkcs8PrivateKey()));
            keys.Add(New("enc", RandomNumberGenerator.GetBytes(32)));
            db.ServerKeys.AddRange(keys);
            db.SaveChanges();
        }
        transaction.Commit();
        return keys;
    }

    private ServerKey New(string use, byte[] raw) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Use = use,
            Wrapped = Convert.ToBase64String(_protector.Protect(raw)),
            CreatedAt = clock.GetUtcNow(),
        };
}
