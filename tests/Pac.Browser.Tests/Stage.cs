using Microsoft.Playwright;
using Pac.Host.Tests;
using Pac.Testing;

[assembly: AssemblyFixture(typeof(Pac.Browser.Tests.Stage))]

namespace Pac.Browser.Tests;

/// <summary>What all tests share: the real host with the sandbox's users and a mail folder, Chromium, and Node with its packages.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pac-browser-").FullName;
    private TestDatabase? _database;
    private RunningHost? _host;
    private IPlaywright? _playwright;

    /// <summary>The host's address by the name that browsers hold for safe: passkeys want a name, not a number.</summary>
    public Uri Address => new UriBuilder(Host.Address) { Host = "localhost" }.Uri;

    /// <summary>Where the host leaves its mails.</summary>
    public string MailFolder => Path.Combine(_folder, "mail");

    /// <summary>Why there is no browser; empty when there is one.</summary>
    public string NoBrowser { get; private set; } = "";

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    internal TestDatabase Database => _database ?? throw new InvalidOperationException("There is no database.");

    internal IBrowser Chromium { get; private set; } = null!;

    internal Npm Npm { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var host = StartHost();
        Npm = await Npm.Prepare();
        NoBrowser = await StartChromium();
        await host;
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null)
            await Chromium.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartHost()
    {
        Directory.CreateDirectory(MailFolder);
        _database = await Databases.Sandbox();
        _host = await RunningHost.Start(
            _database.ConnectionString,
            ("Pac__MailFolder", MailFolder),
            ("Webhooks__AllowPrivateAddresses", "true")
        );
    }

    private async Task<string> StartChromium()
    {
        var chromium = await Tool.Find(["chromium"], "chromium", "fonts-noto-core");
        if (chromium.Path is null)
            return chromium.Missing;
        _playwright = await Playwright.CreateAsync();
        // As long as a page may take, an expectation waits for it: a busy machine is no fault.
        Assertions.SetDefaultExpectTimeout(60_000);
        // No sandbox, because root has none; and no name but this machine's own is found, so that no page reaches out.
        Chromium = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = chromium.Path,
                Headless = true,
                Args =
                [
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                ],
            }
        );
        return "";
    }
}
