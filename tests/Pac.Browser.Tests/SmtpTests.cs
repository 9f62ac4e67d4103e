using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Npgsql;
using Pac.Host.Tests;
using Pac.Testing;

namespace Pac.Browser.Tests;

/// <summary>Letters leave through a real mail server: encrypted, signed in, tried again when it cannot now, given up when it will not.</summary>
public sealed class SmtpTests(Stage stage) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pac-smtp-").FullName;

    [Fact]
    public async Task Letters_leave_encrypted_and_signed_in_are_tried_again_and_given_up_as_the_server_says()
    {
        Assert.SkipUnless(stage.Npm.Missing.Length == 0, stage.Npm.Missing);
        MakeCertificate();
        using var server = StartServer();
        var port = (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ')[1];
        await using var database = await Databases.Sandbox();
        await using var host = await RunningHost.Start(
            database.ConnectionString,
            ("Mail__From", "pac@pac.example"),
            ("Mail__Smtp__Host", "localhost"),
            ("Mail__Smtp__Port", port),
            ("Mail__Smtp__User", "pac"),
            ("Mail__Smtp__Password", "smtp-secret"),
            ("Mail__Smtp__TimeoutSeconds", "1"),
            ("SSL_CERT_FILE", Path.Combine(_folder, "ca.pem"))
        );
        foreach (var (user, mood) in new[] { ("officer", "ok"), ("director", "refused"), ("controller", "later"), ("hr", "silent") })
        {
            await Execute(
                database,
                $"UPDATE identity.users SET email = '{mood}@pac.example', normalized_email = upper('{mood}@pac.example'), email_confirmed = true WHERE user_name = '{user}'"
            );
            using var browser = new Testing.Browser(host.Address);
            (await browser.Submit((await browser.Open("/forgot-password")).Expect(200), ("name", user))).Expect(303);
        }
        const string left = "SELECT count(*) FROM identity.jobs WHERE kind = 'send-mail' AND state NOT IN ('Succeeded', 'Failed')";
        await Eventually.True(
            async () =>
            {
                // Their pauses are minutes; here they end at once.
                await Execute(
                    database,
                    "UPDATE identity.jobs SET lease_until = now() - interval '1 second' WHERE kind = 'send-mail' AND state = 'Queued'"
                );
                return await database.Scalar<long>(left) == 0;
            },
            "Letters are left."
        );

        Assert.True(
            await database.Scalar<long>("SELECT count(*) FROM identity.jobs WHERE kind = 'send-mail' AND state = 'Succeeded'") == 3,
            host.Said
        );
        Assert.Equal(
            "mail.refused",
            await database.Scalar<string>("SELECT error FROM identity.jobs WHERE kind = 'send-mail' AND state = 'Failed'")
        );
        var letters = Directory.GetFiles(_folder, "*.eml").Select(f => MimeMessage.Load(f)).ToList();
        Assert.Equal(
            ["later@pac.example", "ok@pac.example", "silent@pac.example"],
            letters.Select(l => l.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal)
        );
        Assert.All(letters, l => Assert.Equal("encrypted pac", l.Headers["X-Session"]));
        Assert.All(letters, l => Assert.Equal("pac@pac.example", l.From.Mailboxes.Single().Address));
        Assert.All(letters, l => Assert.Contains("/reset-password?token=", l.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain("smtp-secret", host.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("@pac.example", host.Said, StringComparison.Ordinal);
        server.Kill();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Process StartServer()
    {
        var start = new ProcessStartInfo(Npm.Node, ["clients/smtp.mjs"]) { WorkingDirectory = Npm.Folder, RedirectStandardOutput = true };
        start.Environment["PAC_KEY"] = Path.Combine(_folder, "key.pem");
        start.Environment["PAC_CERT"] = Path.Combine(_folder, "cert.pem");
        start.Environment["PAC_FOLDER"] = _folder;
        return Process.Start(start)!;
    }

    // An authority of the operator's own, as inside a government network, and a server that it vouches for.
    private void MakeCertificate()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var root = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=PAC test authority", root, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var ca = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(ca, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), ca.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
