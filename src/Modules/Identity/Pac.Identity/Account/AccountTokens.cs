using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Pac.Identity.Domain;

namespace Pac.Identity.Account;

/// <summary>What a link in a letter is good for.</summary>
internal enum TokenUse
{
    Invitation,
    ConfirmAddress,
    ResetPassword,
}

/// <summary>Who a link belongs to, and to which state of the account.</summary>
internal sealed record AccountToken(Guid UserId, byte[] Bound);

/// <summary>
/// Tokens of links in letters. Nothing of them is stored: they are encrypted, end by the clock, and are bound to the security stamp and the
/// address they were made for, so the change that a token brings about makes the token void.
/// </summary>
internal sealed class AccountTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Length = 16 + 8 + 32;

    public string Make(User user, TokenUse use)
    {
        var raw = new byte[Length];
        user.Id.TryWriteBytes(raw);
        BinaryPrimitives.WriteInt64BigEndian(raw.AsSpan(16), (clock.GetUtcNow() + Lifetime(use)).ToUnixTimeSeconds());
        Bound(user, use).CopyTo(raw.AsSpan(24));
        return Base64Url.EncodeToString(Protector(use).Protect(raw));
    }

    /// <summary>Whose token it is; null when it is none, was made for something else, or is over.</summary>
    public AccountToken? Read(string token, TokenUse use)
    {
        if (token.Length is 0 or > 1000 || !Base64Url.IsValid(token))
            return null;
        try
        {
            var raw = Protector(use).Unprotect(Base64Url.DecodeFromChars(token));
            var ends = BinaryPrimitives.ReadInt64BigEndian(raw.AsSpan(16));
            return clock.GetUtcNow().ToUnixTimeSeconds() < ends ? new(new Guid(raw.AsSpan(0, 16)), raw[24..]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the account is still as it was when the token was made.</summary>
    public static bool Fits(AccountToken token, User user, TokenUse use) =>
        CryptographicOperations.FixedTimeEquals(token.Bound, Bound(user, use));

    // An invitation may wait over a weekend with its holiday; the other two are asked for by somebody who waits for them.
    private static TimeSpan Lifetime(TokenUse use) => use == TokenUse.Invitation ? TimeSpan.FromDays(4) : TimeSpan.FromHours(1);

    private static byte[] Bound(User user, TokenUse use) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes($"{user.SecurityStamp}\n{(use == TokenUse.ConfirmAddress ? user.PendingEmail : user.Email)}")
        );

    private IDataProtector Protector(TokenUse use) => protection.CreateProtector("Pac.Identity.AccountTokens", use.ToString());
}
