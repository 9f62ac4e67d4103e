using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>A host that keeps files in a store that speaks S3, written by others, on loopback.</summary>
public sealed class S3Host : DossiersHost
{
    private static readonly string Data = Folder + "-s3";
    private static readonly string Packages = System.IO.Path.Combine(TestDatabase.RepositoryRoot(), "tests", "Pac.Dossiers.Tests", "s3");
    private readonly int _port;
    private Process? _process;

    private S3Host(int port)
        : base(
            new()
            {
                ["Files:S3:Bucket"] = "pac",
                ["Files:S3:Prefix"] = "centre/",
                ["Files:S3:ServiceUrl"] = $"http://127.0.0.1:{port}",
                ["Files:S3:AccessKey"] = "S3RVER",
                ["Files:S3:SecretKey"] = "S3RVER",
            }
        ) => _port = port;

    public S3Host()
        : this(Clamd.FreePort()) { }

    /// <summary>Why there is no store; empty when there is one.</summary>
    public string Missing { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        Missing = await Install();
        if (Missing.Length == 0)
            await Run();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Stop();
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
        GC.SuppressFinalize(this);
    }

    public async Task Run()
    {
        var node = await Tool.Find(["node"], "nodejs");
        _process = Process.Start(
            new ProcessStartInfo(
                node.Path!,
                [
                    System.IO.Path.Combine(Packages, "node_modules", "s3rver", "bin", "s3rver.js"),
                    "--directory",
                    Data,
                    "--address",
                    "127.0.0.1",
                    "--port",
                    _port.ToString(CultureInfo.InvariantCulture),
                    "--configure-bucket",
                    "pac",
                    "--silent",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _ = _process.StandardOutput.ReadToEndAsync();
        var said = _process.StandardError.ReadToEndAsync();
        for (var tries = 0; tries < 200 && !_process.HasExited; tries++)
        {
            if (await Listens())
                return;
            await Task.Delay(50);
        }
        Missing = "The store does not start: " + (_process.HasExited ? await said : "it is too slow");
    }

    public async Task Stop()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The objects below a prefix.</summary>
    public static string[] Objects(string prefix) =>
        System.IO.Path.Combine(Data, "pac", "centre", prefix) is var place && Directory.Exists(place)
            ? [.. Directory.GetFiles(place, "*_object", SearchOption.AllDirectories)]
            : [];

    private static async Task<string> Install()
    {
        var node = await Tool.Find(["node"], "nodejs");
        if (node.Path is null)
            return node.Missing;
        if (Directory.Exists(System.IO.Path.Combine(Packages, "node_modules", "s3rver")))
            return "";
        var npm = await Tool.Find(["npm"], "npm");
        if (npm.Path is null)
            return npm.Missing;
        var (code, said) = await Tool.Run(npm.Path, ["ci", "--no-audit", "--no-fund"], Packages);
        return code == 0 ? "" : "The packages of npm cannot be installed: " + said.Trim();
    }

    private async Task<bool> Listens()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

public sealed class S3Tests(S3Host host) : DocumentTests(host), IClassFixture<S3Host>
{
    [Fact]
    public async Task Documents_are_kept_in_a_store_that_speaks_s3()
    {
        Assert.SkipUnless(host.Missing.Length == 0, host.Missing);
        var dossier = await Receive();
        var small = TestFiles.Pdf();
        var document = (await Attach(dossier, small)).Expect(201);
        Assert.Equal(small, (await Download(Officer, document.Location)).Bytes);

        // More than two parts, from pieces that two hosts have taken in.
        await using var sibling = await Host.Sibling();
        var large = TestFiles.LargePdf(18_000_000);
        var announced = Announcement(large.Length);
        announced["sha256"] = Sha256(large);
        var upload = (await Start(dossier, announced)).Expect(201).Location;
        (await Send(Officer, upload, 0, large[..9_000_001])).Expect(200);
        (await Send(sibling.Client(Everything), upload, 9_000_001, large[9_000_001..])).Expect(200);
        Assert.Equal(2, S3Host.Objects("content").Length + 1);
        var completed = (await Complete(upload)).Expect(201);
        Assert.Equal(large, (await Download(Officer, completed.Location)).Bytes);
        Assert.Equal(
            large[8_388_600..8_388_700],
            (await Download(Officer, completed.Location, new RangeHeaderValue(8_388_600, 8_388_699))).Bytes
        );
        Assert.Empty(S3Host.Objects("uploads"));

        // Stored once, and gone with its last document.
        var again = (await Attach(dossier, small, facts: "kind=scan&component=licence&pages=1")).Expect(201);
        Assert.Equal(2, S3Host.Objects("content").Length);
        foreach (var reply in new[] { document, again })
            (await Officer.Post(reply.Location + "/remove", new { reason = "Nhầm" }, ("If-Match", reply.ETag))).Expect(204);
        var left = (await Start(dossier, Announcement(1000))).Expect(201).Location;
        (await Send(Officer, left, 0, new byte[10])).Expect(200);
        Host.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal((1, 1), await PruneTests.Once(Host));
        Assert.Single(S3Host.Objects("content"));
        Assert.Empty(S3Host.Objects("uploads"));

        await host.Stop();
        (await Attach(dossier, TestFiles.Pdf("away"))).Expect(503, "dossiers.file-store-away");
        (await Officer.Get(completed.Location + "/content")).Expect(503, "dossiers.file-store-away");
        await host.Run();
        (await Attach(dossier, TestFiles.Pdf("away"))).Expect(201);
    }

    [Fact]
    public async Task What_is_hostile_leaves_nothing_in_the_store()
    {
        Assert.SkipUnless(host.Missing.Length == 0, host.Missing);
        var (dossier, before) = (await Receive(), S3Host.Objects("").Length);
        var upload = await Uploaded(dossier, TestFiles.Bytes("MZ"));
        (await Complete(upload)).Expect(422, "dossiers.file-content-differs");
        Assert.Equal(before, S3Host.Objects("").Length);
    }
}
