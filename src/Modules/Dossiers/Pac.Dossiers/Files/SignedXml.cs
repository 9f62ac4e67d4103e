using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>An XML document with its signature (XMLDSig, XAdES): read once from end to end, without entities and without drawing what it may draw.</summary>
internal static class SignedXml
{
    private const int Deepest = 200;
    private const int LongestText = 20_000;
    private const string DigitalSignature = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly string[] Drawn =
    [
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/1999/XSL/Transform",
    ];

    private static readonly byte[][] Beginnings =
    [
        .. new[] { "<", "\uFEFF<" }.SelectMany(t =>
            new[] { Encoding.UTF8.GetBytes(t), Encoding.Unicode.GetBytes(t), Encoding.BigEndianUnicode.GetBytes(t) }
        ),
    ];

    /// <summary>Whether a file begins as XML.</summary>
    public static bool Begins(ReadOnlySpan<byte> head)
    {
        foreach (var beginning in Beginnings)
            if (head.StartsWith(beginning))
                return true;
        return false;
    }

    public static async Task<(Error? Finding, SignatureFacts? Signature)> Look(Stream file, CancellationToken ct)
    {
        file.Position = 0;
        var settings = new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = file.Length,
        };
        var (signed, place) = (false, "");
        string? certificate = null;
        string? time = null;
        try
        {
            using var reader = XmlReader.Create(file, settings);
            while (await reader.ReadAsync())
            {
                ct.ThrowIfCancellationRequested();
                if (reader.Depth > Deepest)
                    return (FileErrors.Broken, null);
                switch (reader.NodeType)
                {
                    case XmlNodeType.ProcessingInstruction
                        when reader.Name.StartsWith("xml-stylesheet", StringComparison.OrdinalIgnoreCase):
                    case XmlNodeType.Element when Drawn.Contains(reader.NamespaceURI) || IsMarkup(reader):
                        return (FileErrors.Active, null);
                    case XmlNodeType.Element:
                        signed |= reader is { LocalName: "Signature", NamespaceURI: DigitalSignature };
                        place = reader.LocalName;
                        break;
                    case XmlNodeType.Text when place == "X509Certificate" && reader.Value.Length <= LongestText:
                        certificate ??= reader.Value;
                        break;
                    case XmlNodeType.Text when place == "SigningTime":
                        time ??= reader.Value;
                        break;
                }
            }
        }
        catch (XmlException)
        {
            return (FileErrors.Broken, null);
        }
        return signed ? (null, Facts(certificate, time)) : (FileErrors.Unsigned, null);
    }

    // Old readers draw these whatever namespace they are in.
    private static bool IsMarkup(XmlReader reader) =>
        reader.NamespaceURI.Length == 0 && reader.LocalName.ToLowerInvariant() is "svg" or "html" or "script" or "iframe";

    private static SignatureFacts Facts(string? certificate, string? time)
    {
        var at = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt)
            ? signedAt
            : (DateTimeOffset?)null;
        var format = at is null ? "XMLDSig" : "XAdES";
        try
        {
            using var read = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(certificate ?? ""));
            return new(read.GetNameInfo(X509NameType.SimpleName, false), at, read.SerialNumber, format, true);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return new(null, at, null, format, true);
        }
    }
}
