using Pac.Testing;

[assembly: AssemblyFixture(typeof(Pac.Host.Tests.SharedHost))]

namespace Pac.Host.Tests;

/// <summary>One host for all tests that leave it running and mind nobody else's dossiers.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private TestDatabase? _database;
    private RunningHost? _host;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        _database = await Databases.Sandbox();
        _host = await RunningHost.Start(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
