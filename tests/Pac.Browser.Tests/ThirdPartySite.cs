using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Pac.Testing;

namespace Pac.Browser.Tests;

/// <summary>The sample of a third party's front end, as its README starts it, with the packages that are installed here.</summary>
internal sealed class ThirdPartySite : IAsyncDisposable
{
    private readonly Process _process;

    private ThirdPartySite(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it at a free port, which is registered for its client first.</summary>
    public static async Task<ThirdPartySite> Start(Stage stage)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        await Register(stage, address);
        var process = new Process
        {
            StartInfo = new(Npm.Node, ["server.js"])
            {
                WorkingDirectory = Copy(),
                RedirectStandardOutput = true,
                Environment =
                {
                    ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                    ["PAC_URL"] = stage.Address.GetLeftPart(UriPartial.Authority),
                },
            },
        };
        var ready = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) =>
            (
                line.Data is null
                    ? () => ready.TrySetException(new InvalidOperationException("The site has ended."))
                    : new Func<bool>(ready.TrySetResult)
            )();
        process.Start();
        process.BeginOutputReadLine();
        var site = new ThirdPartySite(process, address);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Below the packages of these tests, so that the site finds them as its own.
    private static string Copy()
    {
        var target = Directory.CreateDirectory(Path.Combine(Npm.Folder, "node_modules", ".third-party-front-end")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(TestDatabase.RepositoryRoot(), "samples", "third-party-front-end"), "*.js*"))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return target;
    }

    private static async Task Register(Stage stage, Uri address)
    {
        await using var connection = new NpgsqlConnection(stage.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            UPDATE identity.clients SET redirect_uris = (redirect_uris::jsonb || to_jsonb($1))::text,
                post_logout_redirect_uris = (post_logout_redirect_uris::jsonb || to_jsonb($2))::text
            WHERE client_id = 'demo-spa'
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = new Uri(address, "callback").ToString() },
                new() { Value = address.ToString() },
            },
        };
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
