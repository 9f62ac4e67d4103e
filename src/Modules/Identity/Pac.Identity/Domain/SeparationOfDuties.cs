namespace Pac.Identity.Domain;

/// <summary>Two kinds of rights that nobody may hold together, whether through one role or several.</summary>
/// <param name="One">Permission, or the beginning of several followed by <c>*</c>.</param>
/// <param name="Other">The other side.</param>
/// <param name="Vietnamese">Why, in Vietnamese.</param>
/// <param name="English">Why, in English.</param>
internal sealed record Conflict(string One, string Other, string Vietnamese, string English);

/// <summary>Which rights exclude one another.</summary>
internal static class SeparationOfDuties
{
    // The first by the functions required of administration software (Circular 21/2023/TT-BTTTT as amended by 11/2025/TT-BKHCN): who administers
    // accounts has no right over dossiers. The second is the rule of two persons for public money.
    private static readonly Conflict[] Conflicts =
    [
        new(
            "identity.manage-*",
            "dossiers.*",
            "Người quản trị tài khoản không có quyền đối với hồ sơ.",
            "Who administers accounts has no right over dossiers."
        ),
        new(
            "identity.manage-*",
            "remuneration.*",
            "Người quản trị tài khoản không có quyền đối với chi trả.",
            "Who administers accounts has no right over pay."
        ),
        new(
            "remuneration.calculate",
            "remuneration.approve",
            "Người tính khoản chi không được duyệt khoản chi đó.",
            "Who computes pay does not approve it."
        ),
    ];

    /// <summary>The first conflict within a set of permissions; null when there is none.</summary>
    public static Conflict? FirstIn(IReadOnlyCollection<string> permissions) =>
        Array.Find(Conflicts, c => permissions.Any(p => Matches(c.One, p)) && permissions.Any(p => Matches(c.Other, p)));

    private static bool Matches(string pattern, string permission) =>
        pattern is [.. var beginning, '*'] ? permission.StartsWith(beginning, StringComparison.Ordinal) : permission == pattern;
}
