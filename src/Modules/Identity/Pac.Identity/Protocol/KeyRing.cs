using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Pac.Identity.Domain;

namespace Pac.Identity.Protocol;

/// <summary>The keys as this host uses them now. When they change, the options of the server are built anew; nothing restarts.</summary>
internal sealed class KeyRing(ServerKeys store, TimeProvider clock)
    : IConfigureOptions<OpenIddictServerOptions>,
        IOptionsChangeTokenSource<OpenIddictServerOptions>,
        IDisposable
{
    // One object per key for as long as the host runs: signature providers are kept by the key's object.
    private readonly ConcurrentDictionary<Guid, SecurityKey> _made = new();
    private readonly Lock _turn = new();
    private List<ServerKey>? _keys;
    private List<Guid> _order = [];
    private CancellationTokenSource _changed = new();

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken()
    {
        lock (_turn)
            return new CancellationChangeToken(_changed.Token);
    }

    public void Configure(OpenIddictServerOptions options)
    {
        // Only the very first time is the database asked here; afterwards the keys are read before the options are.
        var keys = Volatile.Read(ref _keys) ?? Take(store.Read());
        foreach (var key in InOrder(keys, clock.GetUtcNow()))
        {
            var made = _made.GetOrAdd(key.Id, static (_, x) => Make(x.key, x.store), (key, store));
            if (key.Use == "enc")
                options.EncryptionCredentials.Add(new(made, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            else
                options.SigningCredentials.Add(new(made, SecurityAlgorithms.RsaSha256));
        }
    }

    /// <summary>Takes the set as it is in the database; the options follow if it has changed.</summary>
    public void Renew(List<ServerKey> keys)
    {
        Take(keys);
        Turn();
    }

    /// <summary>Follows the clock: an announced key whose time has come is used from now on.</summary>
    public void Turn()
    {
        CancellationTokenSource? told = null;
        lock (_turn)
        {
            if (_keys is null)
                return;
            var order = InOrder(_keys, clock.GetUtcNow()).Select(k => k.Id).ToList();
            if (order.SequenceEqual(_order))
                return;
            _order = order;
            told = _changed;
            _changed = new();
        }
        told.Cancel();
        told.Dispose();
    }

    public void Dispose() => _changed.Dispose();

    private List<ServerKey> Take(List<ServerKey> keys)
    {
        lock (_turn)
        {
            if (_keys is null)
                _order = [.. InOrder(keys, clock.GetUtcNow()).Select(k => k.Id)];
            Volatile.Write(ref _keys, keys);
        }
        return keys;
    }

    // The first of each kind is the one in use: the newest whose time has come. All others are for reading only.
    private static IEnumerable<ServerKey> InOrder(List<ServerKey> keys, DateTimeOffset now) =>
        keys.OrderBy(k => k.ActiveFrom > now).ThenByDescending(k => k.ActiveFrom).ThenByDescending(k => k.Id);

    private static SecurityKey Make(ServerKey key, ServerKeys store)
    {
        var raw = store.Unwrap(key);
        if (key.Use == "enc")
            return new SymmetricSecurityKey(raw) { KeyId = "enc-" + key.Id.ToString("N") };
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(raw, out _);
        return new RsaSecurityKey(rsa) { KeyId = "sig-" + key.Id.ToString("N") };
    }
}
