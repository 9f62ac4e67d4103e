using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Webhooks;

/// <summary>Encrypts what has to be read again, with the keys that all hosts share.</summary>
/// <param name="Protect">Encrypts.</param>
/// <param name="Unprotect">Decrypts.</param>
internal sealed record SecretSeal(Func<byte[], byte[]> Protect, Func<byte[], byte[]> Unprotect);

internal sealed class WebhookSecrets(SecretSeal seal) : IWebhookSecrets
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public (string Plain, byte[] Sealed) New()
    {
        var key = RandomNumberGenerator.GetBytes(Bytes);
        return (Prefix + Convert.ToBase64String(key), seal.Protect(key));
    }

    /// <summary>The value of <c>webhook-signature</c>: one signature for each key that is good now.</summary>
    public string Sign(IReadOnlyList<WebhookSecret> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed =
        [
            .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")),
            .. body,
        ];
        return string.Join(
            ' ',
            secrets
                .Where(s => s.EndsAt is null || s.EndsAt > at)
                .Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(seal.Unprotect(s.Sealed), signed)))
        );
    }
}
