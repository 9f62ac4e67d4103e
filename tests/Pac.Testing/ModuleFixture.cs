using Xunit;

namespace Pac.Testing;

/// <summary>The host that all tests of one assembly share, one after the other. Derive from it and name it as assembly fixture.</summary>
/// <param name="start">Starts the host.</param>
public abstract class ModuleFixture(Func<Task<ModuleHost>> start) : IAsyncLifetime
{
    private ModuleHost? _host;

    /// <summary>The host.</summary>
    public ModuleHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => _host = await start();

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Tests that start from the reference data, whatever ran before.</summary>
/// <param name="fixture">The host of the assembly.</param>
public abstract class ModuleTests(ModuleFixture fixture) : IAsyncLifetime
{
    /// <summary>The host.</summary>
    protected ModuleHost Host { get; } = fixture.Host;

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => await Host.Reset();

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
