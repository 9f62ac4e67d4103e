using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pac.Identity.Domain;

namespace Pac.Identity.Account;

/// <summary>
/// PBKDF2 with HMAC-SHA-512 and 210,000 rounds, as OWASP advises. It is the framework's own and needs no memory beside the processor, so that
/// sign-ins at the opening of a hall cannot exhaust a host; Argon2id at the advised strength takes 19 MB for each of them.
/// </summary>
internal sealed class CurrentHasher(IOptions<PasswordHasherOptions> options) : IPasswordHasher<User>
{
    private readonly PasswordHasher<User> _inner = new(options);

    public string HashPassword(User user, string password) => _inner.HashPassword(user, PasswordRules.Normal(password));

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword) =>
        _inner.VerifyHashedPassword(user, hashedPassword, PasswordRules.Normal(providedPassword));
}
