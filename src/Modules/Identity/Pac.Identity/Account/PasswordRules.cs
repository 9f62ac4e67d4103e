using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Pac.Identity.Domain;

namespace Pac.Identity.Account;

/// <summary>
/// What a password must be: long, not somebody's favourite, not the user's name. No rules of composition and no expiry
/// (OWASP ASVS 5.0, 6.2; NIST SP 800-63B-4, 3.1.1.2).
/// </summary>
internal sealed class PasswordRules(IConfiguration configuration) : IPasswordValidator<User>
{
    public const int Shortest = 12;
    public const int Longest = 256;
    private const string Published = "pac-demo-2026!";

    /// <summary>One form for what looks the same, whatever keyboard it was typed on.</summary>
    public static string Normal(string password) => password.Normalize(NormalizationForm.FormKC);

    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var fault = await Fault(user, password ?? "", CancellationToken.None);
        return fault is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = fault, Description = fault });
    }

    /// <summary>What is wrong with a new password, as a machine word; null when it is good.</summary>
    public async Task<string?> Fault(User user, string password, CancellationToken ct)
    {
        if (password.Length > Longest * 2)
            return "password-too-long";
        var normal = Normal(password);
        var length = normal.EnumerateRunes().Count();
        if (length < Shortest)
            return "password-too-short";
        if (length > Longest)
            return "password-too-long";
        // A name of three letters occurs in many good passwords.
        if (user.UserName is { Length: > 3 } name && normal.Contains(name, StringComparison.OrdinalIgnoreCase))
            return "password-holds-name";
        // The password of the demonstration accounts is published; the sandbox lives on it.
        var demo = configuration["Pac:Sandbox"] != "true" && normal.Equals(Published, StringComparison.OrdinalIgnoreCase);
        return
            demo
            || CommonPasswords.Contains(normal)
            || await BreachedPasswords.Contains(configuration["Identity:BreachedPasswords"], password, ct)
            || normal != password && await BreachedPasswords.Contains(configuration["Identity:BreachedPasswords"], normal, ct)
            ? "password-common"
            : null;
    }
}

/// <summary>
/// Passwords that everybody tries first. The list holds the words of the published lists of leaked passwords (npm zxcvbn 4.4.2 and
/// @zxcvbn-ts/language-common 4.1.3, both MIT) without the digits and signs around them, and Vietnamese words and words of the product
/// that were added by hand.
/// </summary>
internal static class CommonPasswords
{
    private static readonly string[] Rows =
    [
        "01234567890123456789",
        "09876543210987654321",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    ];

    private static readonly Lazy<HashSet<string>> Words = new(Read);

    /// <summary>Whether a password is a common word with something around it, a word repeated, or a row of the keyboard.</summary>
    public static bool Contains(string password)
    {
        var lower = Plain(password.ToLowerInvariant());
        var solid = string.Concat(lower.Where(char.IsLetterOrDigit));
        return Words.Value.Contains(lower)
            || Words.Value.Contains(solid)
            || IsCommonCore(solid)
            || Repeated(lower)
            || Rows.Any(r => r.Contains(solid, StringComparison.Ordinal) && solid.Length > 0)
            || Words.Value.Contains(string.Concat(solid.Reverse()));
    }

    // Digits and signs around a common word are the first thing an attacker adds.
    private static bool IsCommonCore(string solid)
    {
        var core = solid.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return core.Length == 0 && Repeated(solid)
            || core.Length >= 4 && solid.Length - core.Length <= 8 && (Words.Value.Contains(core) || Repeated(core));
    }

    // "abcabcabcabc": one piece of at most six characters, again and again; or a common word twice.
    private static bool Repeated(string text)
    {
        for (var piece = 1; piece <= text.Length / 2; piece++)
            if (
                text.Length % piece == 0
                && (piece <= 6 || Words.Value.Contains(text[..piece]))
                && string.Concat(Enumerable.Repeat(text[..piece], text.Length / piece)) == text
            )
                return true;
        return false;
    }

    // Vietnamese is typed with and without its marks.
    private static string Plain(string text) =>
        string.Concat(
                text.Normalize(NormalizationForm.FormD)
                    .Where(c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)
            )
            .Replace('đ', 'd');

    private static HashSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        HashSet<string> words = new(40_000, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            words.Add(line);
        return words;
    }
}
