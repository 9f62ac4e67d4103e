using System.Security.Cryptography.X509Certificates;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>A host that trusts the certification authority of the tests.</summary>
public sealed class TrustingHost() : DossiersHost(new() { ["Files:TrustAnchors"] = Anchors })
{
    private static readonly string Anchors = Directory.CreateTempSubdirectory("pac-anchors").FullName;

    static TrustingHost() => File.WriteAllText(Path.Combine(Anchors, "root.pem"), Authority.RootPem);

    public static TestAuthority Authority { get; } = new("CA thử nghiệm");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Anchors, recursive: true);
    }
}

/// <summary>Whether the signature of a result leads to one of the certificates that are configured.</summary>
public sealed class SignatureTrustTests(TrustingHost host) : DocumentTests(host), IClassFixture<TrustingHost>
{
    [Fact]
    public async Task A_signature_that_leads_to_an_anchor_is_trusted() =>
        Assert.Equal(("trusted", null), await TrustIn(TestFiles.SignedPdf(by: TrustingHost.Authority.Signer())));

    [Fact]
    public async Task A_signature_of_later_is_not_trusted_and_one_that_only_its_own_instant_speaks_for_says_so()
    {
        var file = TestFiles.SignedPdf(by: TrustingHost.Authority.Signer());
        Host.Clock.Now = DakLak.At("2026-11-20 09:00");
        Assert.Equal(("untrusted", "signedInTheFuture"), await TrustIn(file));
        Host.Clock.Now = DakLak.At("2046-11-21 10:00");
        Assert.Equal(("trusted", "onlyAtTheInstantStated"), await TrustIn(file));
    }

    [Fact]
    public async Task A_signature_that_leads_elsewhere_is_not()
    {
        using var other = new TestAuthority("CA khác");
        Assert.Equal(("untrusted", "partialChain"), await TrustIn(TestFiles.SignedPdf(by: other.Signer())));
        Assert.Equal("untrusted", (await TrustIn(TestFiles.SignedPdf())).Trust);
    }

    [Fact]
    public async Task A_file_that_was_changed_or_a_signature_by_another_key_is_not_trusted()
    {
        var signer = TrustingHost.Authority.Signer();
        Assert.Equal(("untrusted", "fileChanged"), await TrustIn(TestFiles.SignedPdf(true, signer)));
        Assert.Equal(("untrusted", "signatureInvalid"), await TrustIn(TestFiles.SignedPdf(by: signer, forged: true)));
    }

    [Fact]
    public async Task A_certificate_that_was_over_or_is_not_for_signing_is_not_trusted()
    {
        var over = TrustingHost.Authority.Signer(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(("untrusted", "notTimeValid"), await TrustIn(TestFiles.SignedPdf(by: over)));
        var sealing = TrustingHost.Authority.Signer(usage: X509KeyUsageFlags.KeyEncipherment);
        Assert.Equal(("untrusted", "keyNotForSigning"), await TrustIn(TestFiles.SignedPdf(by: sealing)));
    }

    private async Task<(string? Trust, string? Detail)> TrustIn(byte[] file)
    {
        var dossier = await Settle(await Receive());
        var signature = (await Attach(dossier, file, "ket-qua.pdf", facts: "kind=result")).Expect(201).Json.GetProperty("signature");
        return (
            signature.GetProperty("trust").GetString(),
            signature.TryGetProperty("trustDetail", out var detail) ? detail.GetString() : null
        );
    }
}
