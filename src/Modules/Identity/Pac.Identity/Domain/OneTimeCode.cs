using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pac.Identity.Domain;

/// <summary>Codes of authenticator apps after RFC 6238: six digits, thirty seconds, HMAC-SHA-1 as every app expects it.</summary>
internal static class OneTimeCode
{
    public const int KeyLength = 20;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Step = 30;

    /// <summary>The time step whose code was typed: the present one or a neighbour, because clocks drift (RFC 6238, 5.2).</summary>
    public static long? StepOf(ReadOnlySpan<byte> key, string code, DateTimeOffset now)
    {
        if (code.Length != 6 || code.Any(c => !char.IsAsciiDigit(c)))
            return null;
        var typed = Encoding.ASCII.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / Step;
        for (var step = present - 1; step <= present + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(key, step)), typed))
                return step;
        return null;
    }

    /// <summary>The code of an instant.</summary>
    public static string At(ReadOnlySpan<byte> key, DateTimeOffset now) => At(key, now.ToUnixTimeSeconds() / Step);

    /// <summary>The key as it is typed into an app.</summary>
    public static string Written(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, count) = (((bits << 8) | b) & 0xFFFF, count + 8);
            for (; count >= 5; count -= 5)
                text.Append(Base32[(bits >> (count - 5)) & 31]);
        }
        if (count > 0)
            text.Append(Base32[(bits << (5 - count)) & 31]);
        return text.ToString();
    }

    private static string At(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 with SHA-1 is what authenticator apps speak; HMAC does not rest on collision resistance.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7FFF_FFFF) % 1_000_000;
        return number.ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
