using System.Security.Cryptography;
using System.Text;

namespace Pac.Identity.Account;

/// <summary>
/// A local copy of the list of breached passwords in the format of Have I Been Pwned: lines <c>SHA1:count</c> in the order of the hashes.
/// Found by bisection, so a file of forty gigabytes costs some forty small reads.
/// </summary>
internal static class BreachedPasswords
{
    private const int HashLength = 40;

    // A line is a hash, a colon and a number; at most sixty characters.
    private const int LongestLine = 64;

    public static async Task<bool> Contains(string? path, string password, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(path))
            return false;
#pragma warning disable CA5350 // The format of the list, not a protection.
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var (low, high) = (0L, RandomAccess.GetLength(file));
        var buffer = new byte[2 * LongestLine];
        // The line looked for begins at low or later, and before high; low is always the beginning of a line.
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var from = Math.Max(low, middle - LongestLine);
            var text = Encoding.ASCII.GetString(buffer, 0, await RandomAccess.ReadAsync(file, buffer, from, ct));
            var start = from + text.LastIndexOf('\n', (int)Math.Max(0, middle - from - 1)) + 1;
            if (start < low || middle == from)
                start = low;
            var line = text[(int)(start - from)..];
            if (line.Length < HashLength)
                return false;
            var order = string.Compare(line, 0, wanted, 0, HashLength, StringComparison.OrdinalIgnoreCase);
            if (order == 0)
                return true;
            var end = line.IndexOf('\n', StringComparison.Ordinal);
            (low, high) =
                order > 0 ? (low, start)
                : end < 0 ? (high, high)
                : (start + end + 1, high);
        }
        return false;
    }
}
