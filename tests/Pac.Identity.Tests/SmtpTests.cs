using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Pac.BuildingBlocks.Mail;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>What a mail server may do wrong on the wire; the way with encryption and sign-in is tested against a real one beside the browser tests.</summary>
public sealed class SmtpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_that_was_accepted_is_sent_however_the_server_says_goodbye()
    {
        using var server = new Wire("250-here\r\n250 8BITMIME");
        await Send(server, "none");
        Assert.Contains("QUIT", await server.Heard(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_away_after_the_time_that_is_set()
    {
        using var server = new Wire(null);
        var sent = await Assert.ThrowsAsync<MailNotSentException>(() => Send(server, "none"));
        Assert.Equal(("mail.server-away", false), (sent.Code, sent.ForGood));
    }

    [Fact]
    public async Task Without_encryption_nothing_is_said_to_a_server_that_should_offer_it()
    {
        using var server = new Wire("250-here\r\n250 AUTH PLAIN");
        var sent = await Assert.ThrowsAsync<MailNotSentException>(() => Send(server, null));
        Assert.Equal(("mail.server-away", false), (sent.Code, sent.ForGood));
        var heard = await server.Heard();
        Assert.DoesNotContain("AUTH", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_a_server_that_is_away()
    {
        var port = new Wire(null).Close();
        var sent = await Assert.ThrowsAsync<MailNotSentException>(() => Send(port, "none"));
        Assert.Equal(("mail.server-away", false), (sent.Code, sent.ForGood));
    }

    private static Task Send(Wire server, string? tls) => Send(server.Port, tls);

    private static async Task Send(int port, string? tls)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mail:From"] = "pac@pac.example",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:Smtp:User"] = tls is null ? "pac" : null,
            ["Mail:Smtp:Password"] = "secret",
            ["Mail:Smtp:Tls"] = tls,
            ["Mail:Smtp:TimeoutSeconds"] = "1",
        };
        var mail = new SmtpMail(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new TestClock());
        await mail.Send(new("an@pac.example", "An", "Thư", "Nội dung", "<p>Nội dung</p>"), Cancel);
    }

    /// <summary>A server that speaks as much SMTP as one letter needs, and hangs up at QUIT without a word.</summary>
    private sealed class Wire : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task<string> _talk;

        public Wire(string? hello)
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _talk = Talk(hello);
        }

        public int Port { get; }

        public Task<string> Heard() => _talk.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        public int Close()
        {
            _listener.Stop();
            return Port;
        }

        public void Dispose() => _listener.Dispose();

        private async Task<string> Talk(string? hello)
        {
            var heard = new StringBuilder();
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(Cancel);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.UTF8);
                if (hello is null)
                {
                    await Task.Delay(TimeSpan.FromSeconds(10), Cancel);
                    return "";
                }
                await Say("220 here");
                var data = false;
                while (await reader.ReadLineAsync(Cancel) is { } line)
                {
                    heard.AppendLine(line);
                    if (data)
                    {
                        data = line != ".";
                        if (!data)
                            await Say("250 taken");
                    }
                    else if (line.StartsWith("EHLO", StringComparison.Ordinal))
                        await Say(hello);
                    else if (line == "QUIT")
                        break;
                    else if (line == "DATA")
                    {
                        data = true;
                        await Say("354 go on");
                    }
                    else
                        await Say("250 well");
                }

                ValueTask Say(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), Cancel);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException) { }
            return heard.ToString();
        }
    }
}
