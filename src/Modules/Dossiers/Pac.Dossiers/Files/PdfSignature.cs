using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Files;

/// <summary>
/// The last signature of a PDF (PAdES, ETSI EN 319 142), as far as it tells of itself: who, when, with which certificate, and whether what it
/// signed is what the file holds; with trust anchors, whether it is that of its certificate, and leads to one of them.
/// </summary>
internal static partial class PdfSignature
{
    private const int Window = 256 * 1024;
    private const int Overlap = 512;
    private const int LargestSignature = 512 * 1024;

    public static async Task<SignatureFacts?> Read(Stream file, TrustAnchors anchors, DateTimeOffset now, CancellationToken ct)
    {
        if (await LastRange(file, ct) is not { } range)
            return null;
        var (start, end, tail) = range;
        // The gap between the two stretches holds the signature in hexadecimal.
        if (end <= start || end - start > LargestSignature || tail < 0 || end + tail > file.Length)
            return new(null, null, null, "PAdES", true, false);
        var hex = Encoding.ASCII.GetString(await FileInspection.Read(file, start, (int)(end - start), ct)).Trim('<', '>', ' ', '\r', '\n');
        try
        {
            var cms = new SignedCms();
            cms.Decode(WithoutPadding(Convert.FromHexString(hex)));
            var signer = cms.SignerInfos[0];
            var certificate = signer.Certificate;
            var whole = end + tail == file.Length && await IsDigestOf(signer, file, start, end, ct);
            var signedAt = SignedAt(signer);
            var (trust, detail) = anchors.Check(signer, cms.Certificates, whole, signedAt ?? now, now);
            return new(
                certificate?.GetNameInfo(X509NameType.SimpleName, false),
                signedAt,
                certificate?.SerialNumber,
                "PAdES",
                true,
                whole,
                trust,
                detail
            );
        }
        catch (Exception e) when (e is CryptographicException or FormatException or AsnContentException or ArgumentException)
        {
            return new(null, null, null, "PAdES", true, false);
        }
    }

    private static async Task<(long Start, long End, long Tail)?> LastRange(Stream file, CancellationToken ct)
    {
        (long, long, long)? found = null;
        for (var from = 0L; from < file.Length; from += Window - Overlap)
        {
            var text = Encoding.Latin1.GetString(await FileInspection.Read(file, from, Window, ct));
            foreach (Match m in ByteRange().Matches(text))
                found = (Number(m, 2), Number(m, 3), Number(m, 4));
        }
        return found;
    }

    // The place for the signature is reserved before it is made, so zeros follow it.
    private static byte[] WithoutPadding(byte[] bytes)
    {
        AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out var length);
        return bytes[..length];
    }

    private static async Task<bool> IsDigestOf(SignerInfo signer, Stream file, long start, long end, CancellationToken ct)
    {
        var stated = signer
            .SignedAttributes.Cast<CryptographicAttributeObject>()
            .SelectMany(a => a.Values.Cast<AsnEncodedData>())
            .OfType<Pkcs9MessageDigest>()
            .FirstOrDefault();
        if (stated is null || HashOf(signer.DigestAlgorithm.Value) is not { } name)
            return false;
        using var hash = IncrementalHash.CreateHash(name);
        await Add(hash, file, 0, start, ct);
        await Add(hash, file, end, file.Length, ct);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(stated.MessageDigest);
    }

    /// <summary>The digest with this identifier, if it is one that holds.</summary>
    internal static HashAlgorithmName? HashOf(string? oid) =>
        oid switch
        {
            "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
            "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
            "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
            _ => null,
        };

    private static async Task Add(IncrementalHash hash, Stream file, long from, long to, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        file.Position = from;
        for (var left = to - from; left > 0; )
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), ct);
            if (read == 0)
                return;
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
    }

    private static DateTimeOffset? SignedAt(SignerInfo signer) =>
        signer
            .SignedAttributes.Cast<CryptographicAttributeObject>()
            .SelectMany(a => a.Values.Cast<AsnEncodedData>())
            .OfType<Pkcs9SigningTime>()
            .FirstOrDefault()
            is { } time
            ? new DateTimeOffset(time.SigningTime.ToUniversalTime())
            : null;

    private static long Number(Match match, int group) =>
        long.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"/ByteRange\s{0,8}\[\s{0,8}(0)\s{1,8}(\d{1,12})\s{1,8}(\d{1,12})\s{1,8}(\d{1,12})\s{0,8}\]")]
    private static partial Regex ByteRange();
}
