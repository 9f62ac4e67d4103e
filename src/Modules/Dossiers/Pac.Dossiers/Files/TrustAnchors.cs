using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Files;

/// <summary>
/// The certificates that signatures have to lead to (chứng thư số gốc), such as those of the national and the Government's certification
/// authorities. Without any, nothing is said about trust. Certificates are judged at the instant that the signature states; whether one was
/// revoked is not asked, since this host need not reach the authorities.
/// </summary>
internal sealed class TrustAnchors
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _between = [];

    /// <summary>Takes roots, and authorities between them and the signers, out of one PEM file or the PEM files of a folder.</summary>
    /// <exception cref="InvalidOperationException">There is no certificate at the place that is configured.</exception>
    public static TrustAnchors Read(string? place)
    {
        var anchors = new TrustAnchors();
        if (string.IsNullOrEmpty(place))
            return anchors;
        var found = new X509Certificate2Collection();
        IEnumerable<string> files = Directory.Exists(place) ? Directory.GetFiles(place, "*.pem").Order() : [place];
        foreach (var file in files)
            found.ImportFromPemFile(file);
        foreach (var certificate in found)
            (
                certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData) ? anchors._roots : anchors._between
            ).Add(certificate);
        return anchors._roots.Count > 0
            ? anchors
            : throw new InvalidOperationException("Files:TrustAnchors names no certificate that signs itself.");
    }

    /// <summary>Whether a signature is that of its certificate over this file, and the certificate leads to an anchor.</summary>
    /// <param name="signer">The signature.</param>
    /// <param name="sent">The certificates that came with it.</param>
    /// <param name="coversFile">Whether what it signed is what the file holds.</param>
    /// <param name="at">The instant by which certificates are judged: the one that the signature states.</param>
    /// <param name="now">Now; no signature is of later.</param>
    public (SignatureTrust Trust, string? Detail) Check(
        SignerInfo signer,
        X509Certificate2Collection sent,
        bool coversFile,
        DateTimeOffset at,
        DateTimeOffset now
    )
    {
        if (_roots.Count == 0)
            return (SignatureTrust.NotChecked, null);
        if (signer.Certificate is not { } certificate)
            return (SignatureTrust.Untrusted, "noCertificate");
        if (!coversFile)
            return (SignatureTrust.Untrusted, "fileChanged");
        if (!IsOf(certificate, signer))
            return (SignatureTrust.Untrusted, "signatureInvalid");
        if (at > now)
            return (SignatureTrust.Untrusted, "signedInTheFuture");
        if (Objection(certificate, sent, at) is { } objection)
            return (SignatureTrust.Untrusted, objection);
        // The instant is what the signer says; whoever reads this knows when only that one speaks for it.
        return (SignatureTrust.Trusted, Objection(certificate, sent, now) is null ? null : "onlyAtTheInstantStated");
    }

    private string? Objection(X509Certificate2 certificate, X509Certificate2Collection sent, DateTimeOffset at)
    {
        const X509KeyUsageFlags signing = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && (usage.KeyUsages & signing) == 0)
            return "keyNotForSigning";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(_between);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        if (chain.Build(certificate))
            return null;
        var status = chain.ChainStatus.FirstOrDefault().Status.ToString();
        return char.ToLowerInvariant(status[0]) + status[1..];
    }

    // What is signed are the attributes, one of which is the digest of the file (RFC 5652, 5.4).
    private static bool IsOf(X509Certificate2 certificate, SignerInfo signer)
    {
        if (PdfSignature.HashOf(signer.DigestAlgorithm.Value) is not { } hash)
            return false;
        var (signed, signature) = (Attributes(signer), signer.GetSignature());
        try
        {
            if (certificate.GetRSAPublicKey() is { } rsa)
                using (rsa)
                {
                    var padding = signer.SignatureAlgorithm.Value == RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
                    return rsa.VerifyData(signed, signature, hash, padding);
                }
            using var curve = certificate.GetECDsaPublicKey();
            return curve?.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence) ?? false;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Attributes(SignerInfo signer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.PushSetOf();
        foreach (var attribute in signer.SignedAttributes)
        {
            writer.PushSequence();
            writer.WriteObjectIdentifier(attribute.Oid.Value!);
            writer.PushSetOf();
            foreach (var value in attribute.Values)
                writer.WriteEncodedValue(value.RawData);
            writer.PopSetOf();
            writer.PopSequence();
        }
        writer.PopSetOf();
        return writer.Encode();
    }
}
