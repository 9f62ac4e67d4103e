using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>Files as people bring them, and as attackers do.</summary>
internal static class TestFiles
{
    public const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static readonly byte[] Jpeg =
    [
        0xFF,
        0xD8,
        0xFF,
        0xE0,
        0,
        16,
        (byte)'J',
        (byte)'F',
        (byte)'I',
        (byte)'F',
        0,
        1,
        1,
        0,
        0,
        1,
        0,
        1,
        0,
        0,
        0xFF,
        0xD9,
    ];

    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    public static readonly byte[] Tiff = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A small PDF; <paramref name="mark"/> makes it another one.</summary>
    public static byte[] Pdf(string mark = "") =>
        Bytes(
            $"%PDF-1.7\n% {mark}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
        );

    /// <summary>A PDF whose catalogue says more; letters beyond ASCII are single bytes.</summary>
    public static byte[] PdfWith(string members) =>
        Encoding.Latin1.GetBytes(
            $"%PDF-1.7\n1 0 obj<</Type/Catalog{members}>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
        );

    /// <summary>A PDF with a compressed stream of objects; it may be spoilt at its end, look as if it were encrypted, or unpack to a lot.</summary>
    public static byte[] PdfOfObjects(string objects, bool spoil = false, bool encrypt = false, int megabytes = 0)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(Bytes(objects));
            for (var i = 0; i < megabytes; i++)
                zlib.Write(new byte[1024 * 1024]);
        }
        var data = packed.ToArray();
        if (spoil)
            data[^1] ^= 1;
        if (encrypt)
            data[0] ^= 0x55;
        return
        [
            .. Bytes(
                $"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 7 0 obj\n<</Type /Obj#53tm /N 1 /First 4 /Filter/FlateDecode /Length {data.Length}>>\nstream\r\n"
            ),
            .. data,
            .. Bytes("\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"),
        ];
    }

    /// <summary>The relations of a part, one of which leads elsewhere.</summary>
    public static (string Name, byte[] Content) Related(string part, string kind, string target) =>
        (
            part,
            Bytes(
                $"""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>
                """
            )
        );

    /// <summary>A PDF of so many bytes that nothing can compress.</summary>
    public static byte[] LargePdf(int size)
    {
        var noise = new byte[size];
        new Random(size).NextBytes(noise);
        Bytes("%PDF-1.7\n").CopyTo(noise, 0);
        Bytes("\n%%EOF\n").CopyTo(noise, size - 7);
        return noise;
    }

    public static byte[] Office(string mainPart, params (string Name, byte[] Content)[] more)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (
                var (name, content) in more.Prepend((mainPart, Bytes("<document/>"))).Prepend(("[Content_Types].xml", Bytes("<Types/>")))
            )
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(content);
            }
        return file.ToArray();
    }

    public static byte[] Docx(params (string Name, byte[] Content)[] more) => Office("word/document.xml", more);

    /// <summary>A document whose directory says that a part unpacks to next to nothing.</summary>
    public static byte[] LyingDocx()
    {
        var file = Docx(("word/media.bin", new byte[3_000_000]));
        var entry = file.AsSpan().LastIndexOf("word/media.bin"u8) - 46;
        BitConverter.GetBytes(1000u).CopyTo(file, entry + 24);
        return file;
    }

    /// <summary>A document of which two parts are the same bytes.</summary>
    public static byte[] OverlappingDocx()
    {
        var file = Docx(("word/a.bin", new byte[100]), ("word/b.bin", new byte[100]));
        var (a, b) = (file.AsSpan().LastIndexOf("word/a.bin"u8) - 46, file.AsSpan().LastIndexOf("word/b.bin"u8) - 46);
        file.AsSpan(a + 42, 4).CopyTo(file.AsSpan(b + 42, 4));
        return file;
    }

    public static byte[] Signed(string inside = "") =>
        Bytes(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <result>{inside}<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(
                Certificate.RawData
            )}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><x:SigningTime xmlns:x="http://uri.etsi.org/01903/v1.3.2#">2026-11-20T03:00:00Z</x:SigningTime></ds:Signature></result>
            """
        );

    public static X509Certificate2 Certificate { get; } = Issue();

    /// <summary>A PDF signed the way PAdES says; <paramref name="tamper"/> changes it afterwards.</summary>
    public static byte[] SignedPdf(bool tamper = false, Signatory? by = null, bool forged = false)
    {
        var signatory = by ?? new(Certificate);
        const int reserved = 8192;
        var start = "%PDF-1.7\n1 0 obj<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange [0 ";
        var before = "0000000000 0000000000 0000000000]/Contents ";
        var head = start.Length + before.Length;
        var tail = ">>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
        var second = head + reserved + 2;
        var range = string.Create(CultureInfo.InvariantCulture, $"{head:D10} {second:D10} {tail.Length:D10}]/Contents ");
        var (first, last) = (Bytes(start + range), Bytes(tail));
        var cms = new SignedCms(new ContentInfo([.. first, .. last]), detached: true);
        var signer = new CmsSigner(signatory.Certificate)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
        };
        foreach (var between in signatory.Between)
            signer.Certificates.Add(between);
        signer.SignedAttributes.Add(new Pkcs9SigningTime(new DateTime(2026, 11, 20, 3, 0, 0, DateTimeKind.Utc)));
        cms.ComputeSignature(signer);
        var encoded = cms.Encode();
        if (forged)
            Forge(encoded, cms.SignerInfos[0].GetSignature());
        var hex = Convert.ToHexString(encoded).PadRight(reserved, '0');
        byte[] file = [.. first, .. Bytes($"<{hex}>"), .. last];
        if (tamper)
            file[^10] ^= 1;
        return file;
    }

    // Somebody else's certificate beside a signature that is not by its key.
    private static void Forge(byte[] encoded, byte[] signature) => encoded[encoded.AsSpan().IndexOf(signature) + 20] ^= 1;

    private static X509Certificate2 Issue()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Sở Y tế Đắk Lắk", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}

/// <summary>Who signs a test file.</summary>
/// <param name="Certificate">With its key.</param>
public sealed record Signatory(X509Certificate2 Certificate)
{
    /// <summary>Certificates between this one and the root, sent along.</summary>
    public IReadOnlyList<X509Certificate2> Between { get; init; } = [];
}

/// <summary>A certification authority of the tests: a root, one authority under it, and signers.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _authority;

    public TestAuthority(string name)
    {
        _root = Issue("CN=" + name, null, true, Begin.AddYears(10));
        _authority = Issue($"CN={name} - cơ quan nhà nước", _root, true, Begin.AddYears(8));
    }

    /// <summary>The root, as it is configured.</summary>
    public string RootPem => _root.ExportCertificatePem();

    /// <summary>A signer whose certificate is good until a day, with or without the key usage for signing.</summary>
    public Signatory Signer(DateTimeOffset? until = null, X509KeyUsageFlags usage = X509KeyUsageFlags.NonRepudiation) =>
        new(Issue("CN=Sở Y tế Đắk Lắk", _authority, false, until ?? Begin.AddYears(4), usage)) { Between = [_authority] };

    public void Dispose()
    {
        _root.Dispose();
        _authority.Dispose();
    }

    private static X509Certificate2 Issue(
        string name,
        X509Certificate2? issuer,
        bool isAuthority,
        DateTimeOffset until,
        X509KeyUsageFlags usage = X509KeyUsageFlags.KeyCertSign
    )
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        return issuer is null
            ? request.CreateSelfSigned(Begin, until)
            : request.Create(issuer, Begin, until, Guid.CreateVersion7().ToByteArray()).CopyWithPrivateKey(key);
    }
}
