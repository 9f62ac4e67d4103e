using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>A host that has every file looked through by a daemon at a port.</summary>
public sealed class ScanningHost : DossiersHost
{
    private ScanningHost(int port)
        : base(new() { ["Files:Clamd"] = $"tcp://127.0.0.1:{port}", ["Files:ClamdSeconds"] = "3" }) => Port = port;

    public ScanningHost()
        : this(Clamd.FreePort()) { }

    public int Port { get; }
}

/// <summary>With the daemon of others.</summary>
public sealed class ClamdTests(ScanningHost host) : DocumentTests(host), IClassFixture<ScanningHost>
{
    [Fact]
    public async Task An_infected_file_is_refused_and_recorded_and_a_clean_one_is_taken()
    {
        await using var clamd = await Clamd.Start(host.Port);
        Assert.SkipUnless(clamd.Missing.Length == 0, clamd.Missing);
        var dossier = await Receive();
        var infected = TestFiles.Pdf(Clamd.Pattern);

        Assert.Equal("clean", Text((await Attach(dossier, TestFiles.Pdf())).Expect(201), "virusCheck"));
        (await Attach(dossier, infected)).Expect(422, "dossiers.file-infected");
        var upload = await Uploaded(dossier, infected);
        (await Complete(upload)).Expect(422, "dossiers.file-infected");
        // Under a key the refusal is the same, and recorded all the same.
        var key = ("Idempotency-Key", "infected-1");
        (await Attach(dossier, infected, headers: key)).Expect(422, "dossiers.file-infected");
        (await Attach(dossier, infected, headers: key)).Expect(422, "dossiers.file-infected");

        Assert.Single(await FilesOf(dossier, "form"));
        Assert.Equal((1, 0), (Stored("content"), Stored("uploads")));
        Assert.Equal("refused", Text(await Officer.Get(upload), "state"));
        Assert.Equal(
            3,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.audit WHERE kind = 'Malware' AND thing = $1 AND subject = 'test-user' AND changes #>> '{malware,1}' = $2 AND changes #>> '{sha256,1}' = $3",
                Text(dossier, "id"),
                Clamd.Name,
                Sha256(infected)
            )
        );
        var acts = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries").Select(e => e.GetProperty("act").GetString());
        Assert.Equal(3, acts.Count(a => a == "documentRefused"));

        // A large file passes through the daemon as well, whatever its size.
        Assert.Equal("clean", Text((await Attach(dossier, TestFiles.LargePdf(8_000_000))).Expect(201), "virusCheck"));

        await clamd.Stop();
        var waiting = await Uploaded(dossier, TestFiles.Pdf("later"));
        (await Complete(waiting)).Expect(503, "dossiers.virus-scan-away");
        (await Attach(dossier, TestFiles.Pdf("later"))).Expect(503, "dossiers.virus-scan-away");
        Assert.Equal("open", Text(await Officer.Get(waiting), "state"));
        await clamd.Start();
        Assert.Equal("clean", Text((await Complete(waiting)).Expect(201), "virusCheck"));
    }
}

/// <summary>With peers that do what a daemon should not.</summary>
public sealed class VirusScanTests(ScanningHost host) : DocumentTests(host), IClassFixture<ScanningHost>
{
    [Theory]
    [InlineData("nothing")]
    [InlineData("closing")]
    [InlineData("closing in the middle")]
    [InlineData("silent")]
    [InlineData("garbage")]
    [InlineData("endless")]
    [InlineData("stream: OK")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("stream: FOUND\0")]
    [InlineData("stream: OK FOUND? ERROR\0")]
    [InlineData("UNKNOWN COMMAND\0")]
    public async Task Whatever_is_no_word_that_a_file_is_clean_lets_nothing_pass(string peer)
    {
        await using var serving = peer == "nothing" ? null : new Peer(host.Port, peer);
        var (dossier, bytes) = (await Receive(), TestFiles.LargePdf(400_000));
        var upload = await Uploaded(dossier, bytes);
        var reply = (await Complete(upload)).Expect(503, "dossiers.virus-scan-away");
        Assert.NotNull(reply.Header("Retry-After"));
        Assert.Empty(await FilesOf(dossier, "form"));
        var seen = await Officer.Get(upload);
        Assert.Equal(("open", bytes.Length), (Text(seen, "state"), seen.Json.GetProperty("offset").GetInt32()));
    }

    [Theory]
    [InlineData("stream: OK\0", 201, null)]
    [InlineData("slow", 201, null)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", 422, "dossiers.file-infected")]
    public async Task A_word_of_the_daemon_counts_however_slowly_it_comes(string peer, int status, string? code)
    {
        await using var serving = new Peer(host.Port, peer);
        var reply = (await Attach(await Receive(), TestFiles.LargePdf(400_000))).Expect(status);
        if (code is not null)
            reply.Expect(status, code);
    }

    /// <summary>Whatever listens in the place of the daemon.</summary>
    private sealed class Peer : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TcpListener _listener;
        private readonly Task _serving;

        public Peer(int port, string peer)
        {
            _listener = new(IPAddress.Loopback, port);
            _listener.Start();
            _serving = Serve(peer);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _serving;
            _stop.Dispose();
        }

        private async Task Serve(string peer)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    await Answer(peer, client.GetStream(), _stop.Token);
                }
                catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
                {
                    // The test is over, or the host has had enough.
                }
            }
        }
    }

    private static async Task Answer(string peer, NetworkStream stream, CancellationToken stop)
    {
        if (peer == "closing")
            return;
        var start = new byte[10];
        await stream.ReadExactlyAsync(start, stop);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(start));
        var length = new byte[4];
        var total = 0;
        while (true)
        {
            await stream.ReadExactlyAsync(length, stop);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
                break;
            await stream.ReadExactlyAsync(new byte[size], stop);
            total += size;
            if (peer == "closing in the middle" && total > 100_000)
                return;
            if (peer == "slow")
                await Task.Delay(20, stop);
        }
        Assert.Equal(400_000, total);
        switch (peer)
        {
            case "silent":
                await Task.Delay(Timeout.Infinite, stop);
                break;
            case "garbage":
                await stream.WriteAsync(new byte[] { 0xFF, 0xFE, 0x00, 0x13 }, stop);
                break;
            case "endless":
                for (var i = 0; i < 100_000; i++)
                    await stream.WriteAsync("stream: OK"u8.ToArray(), stop);
                break;
            case "slow":
                foreach (var letter in "stream: OK\0")
                {
                    await stream.WriteAsync(new[] { (byte)letter }, stop);
                    await Task.Delay(20, stop);
                }
                break;
            default:
                await stream.WriteAsync(Encoding.ASCII.GetBytes(peer), stop);
                break;
        }
    }
}
