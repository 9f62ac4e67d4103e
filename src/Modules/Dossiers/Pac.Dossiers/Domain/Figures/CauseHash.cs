using System.Security.Cryptography;
using System.Text;

namespace Pac.Dossiers.Domain.Figures;

/// <summary>
/// By what causes of lateness are compared: they are written by hand and may tell of a person, so that a proof shows their hash, and nothing else is
/// left of them when personal data are erased.
/// </summary>
internal static class CauseHash
{
    public const int Length = 64;

    /// <summary>SHA-256 of the words in hexadecimal; null where there are none.</summary>
    public static string? Of(string? cause) =>
        cause is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cause)));
}
