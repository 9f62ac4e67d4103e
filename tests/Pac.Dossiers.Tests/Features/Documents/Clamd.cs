using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>Debian's clamd on loopback, with a signature of our own and no network.</summary>
public sealed class Clamd : IAsyncDisposable
{
    /// <summary>What the test signature finds; it harms nobody.</summary>
    public const string Pattern = "PAC-TEST-MALWARE-7d1f0c4e";

    public const string Name = "Pac.Test.Malware.UNOFFICIAL";

    private static readonly string Folder = DossiersHost.Folder + "-clamd";
    private readonly string _program;
    private Process? _process;

    private Clamd(string program, string missing, int port) => (_program, Missing, Port) = (program, missing, port);

    /// <summary>Why it is not there; empty when it is.</summary>
    public string Missing { get; private set; }

    public int Port { get; }

    /// <summary>Installs it, when that is allowed, and starts it.</summary>
    public static async Task<Clamd> Start(int port)
    {
        var tool = await Tool.Find(["clamd"], "clamav-daemon");
        var clamd = new Clamd(tool.Path ?? "", tool.Missing, port);
        if (tool.Path is not null)
            await clamd.Start();
        return clamd;
    }

    public async Task Start()
    {
        var data = Directory.CreateDirectory(System.IO.Path.Combine(Folder, "data")).FullName;
        // An extended signature: name, any type of file, at any place, bytes in hexadecimal.
        var signature = $"Pac.Test.Malware:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Pattern))}\n";
        await File.WriteAllTextAsync(System.IO.Path.Combine(data, "pac.ndb"), signature);
        var configuration = System.IO.Path.Combine(Folder, "clamd.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            Foreground yes
            TCPSocket {Port}
            TCPAddr 127.0.0.1
            DatabaseDirectory {data}
            OfficialDatabaseOnly no
            TemporaryDirectory {Folder}
            StreamMaxLength 110M
            User {Environment.UserName}
            SelfCheck 0

            """
        );
        _process = Process.Start(
            new ProcessStartInfo(_program, ["-c", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        _ = _process.StandardOutput.ReadToEndAsync();
        var said = _process.StandardError.ReadToEndAsync();
        for (var tries = 0; tries < 300; tries++)
        {
            if (_process.HasExited)
                break;
            if (await Answers())
                return;
            await Task.Delay(100);
        }
        Missing = "clamd does not answer: " + (_process.HasExited ? await said : "it is too slow");
    }

    /// <summary>Stops it, as for maintenance.</summary>
    public async Task Stop()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("zPING\0"u8.ToArray());
            var answer = new byte[4];
            await client.GetStream().ReadExactlyAsync(answer);
            return answer.AsSpan().SequenceEqual("PONG"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
