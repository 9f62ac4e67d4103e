using System.Collections.Concurrent;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Messaging;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.Testing;

/// <summary>What a test assembly wants of its host.</summary>
public sealed class ModuleHostOptions
{
    internal List<Action<IServiceCollection>> Additions { get; } = [];

    /// <summary>Configuration of the host, such as <c>RateLimits:PerCaller</c>.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Tables that keep their rows over a reset; whatever else the reference seeds make is made again.</summary>
    public List<string> Keep { get; } = [];

    /// <summary>Whether the seeds of the development sandbox run as well.</summary>
    public bool Sandbox { get; set; }

    /// <summary>Another database server or address than that of the test database; for tests in which the database goes away.</summary>
    public Func<string, string>? Reach { get; set; }

    /// <summary>Answers a question that the modules under test ask of a module that is not there.</summary>
    public void Answer<TQuestion, TAnswer>(Func<TQuestion, TAnswer> answer)
        where TQuestion : IRequest<TAnswer> =>
        Additions.Add(s => s.AddSingleton<IRequestHandler<TQuestion, TAnswer>>(new Stub<TQuestion, TAnswer>(answer)));

    /// <summary>Registers more, or something else.</summary>
    public void Add(Action<IServiceCollection> addition) => Additions.Add(addition);

    private sealed class Stub<TQuestion, TAnswer>(Func<TQuestion, TAnswer> answer) : IRequestHandler<TQuestion, TAnswer>
        where TQuestion : IRequest<TAnswer>
    {
        public Task<TAnswer> Handle(TQuestion request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}

/// <summary>
/// One or more modules, and no other, on a real server with the real pipeline and a real database. Facts are delivered and jobs are run
/// when the test says so. Callers are written into the request (<see cref="TestCaller"/>), unless the identity module is there.
/// </summary>
public sealed class ModuleHost : IAsyncDisposable
{
    private static readonly EphemeralDataProtectionProvider SharedKeys = new();
    private readonly IReadOnlyList<IModule> _modules;
    private readonly ModuleHostOptions _options;
    private readonly WebApplication _app;
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly ConcurrentBag<HttpClient> _clients = [];

    private ModuleHost(
        IReadOnlyList<IModule> modules,
        ModuleHostOptions options,
        WebApplication app,
        TestDatabase database,
        bool ownsDatabase
    ) => (_modules, _options, _app, _database, _ownsDatabase) = (modules, options, app, database, ownsDatabase);

    /// <summary>The clock of the host.</summary>
    public TestClock Clock => (TestClock)Services.GetRequiredService<TimeProvider>();

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>How to reach its database.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>Warnings and errors that were logged, newest first.</summary>
    public IReadOnlyCollection<string> Said => Services.GetRequiredService<Listener>().Lines;

    /// <summary>Starts one module alone.</summary>
    public static Task<ModuleHost> Start(IModule module, Action<ModuleHostOptions>? configure = null) => Start([module], configure);

    /// <summary>Starts modules on a database of their own.</summary>
    public static async Task<ModuleHost> Start(IReadOnlyList<IModule> modules, Action<ModuleHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var options = new ModuleHostOptions();
        configure?.Invoke(options);
        Type[] marks =
        [
            typeof(ModuleHost),
            typeof(IModule),
            typeof(IIntegrationEvent),
            .. modules.Select(m => m.GetType()),
            .. options.Sandbox ? [typeof(ISeed)] : Type.EmptyTypes,
        ];
        var database = await TestDatabase.Create(c => Prepare(modules, options, c), marks);
        return await Start(modules, options, database, ownsDatabase: true);
    }

    /// <summary>Starts a second host on the same database, as after a restart or beside this one.</summary>
    public Task<ModuleHost> Sibling() => Start(_modules, _options, _database, ownsDatabase: false);

    /// <summary>Somebody with these permissions over the whole province.</summary>
    public HttpClient Client(params string[] permissions) => Client(TestCaller.May(permissions));

    /// <summary>Somebody in particular.</summary>
    public HttpClient Client(TestCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var client = Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", caller.ToHeader());
        return client;
    }

    /// <summary>Somebody without a token. Redirects are not followed and cookies are not kept.</summary>
    public HttpClient Anonymous()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        var client = new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        _clients.Add(client);
        return client;
    }

    /// <summary>Asks a module through the mediator, as another module would.</summary>
    public async Task<T> Ask<T>(IRequest<T> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(question);
    }

    /// <summary>Delivers every fact that is due.</summary>
    public async Task DrainOutbox()
    {
        while (await Services.GetRequiredService<OutboxDispatcher>().DeliverOnce(CancellationToken.None) > 0) { }
    }

    /// <summary>Runs every waiting job to its end.</summary>
    public async Task RunJobs()
    {
        while (await Services.GetRequiredService<JobRunner>().RunOnce(CancellationToken.None)) { }
    }

    /// <summary>Puts a fact of another module in line, as if that module had published it.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="id">Its identity; the same one twice is the same fact delivered again.</param>
    public async Task Tell(IIntegrationEvent fact, Guid? id = null)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var key = id ?? Guid.CreateVersion7();
        var payload = JsonSerializer.Serialize(fact, fact.GetType(), JsonSerializerOptions.Web);
        await Sql(
            $"""
            INSERT INTO {_modules[0].Name}.outbox (id, name, payload, occurred_at, attempts, next_attempt_at)
            VALUES ($1, $2, $3::jsonb, now(), 0, now())
            ON CONFLICT (id) DO UPDATE SET processed_at = NULL, attempts = 0, next_attempt_at = now()
            """,
            key,
            EventCatalog.NameOf(fact.GetType()),
            payload
        );
    }

    /// <summary>The facts of one kind that the modules have published, oldest first.</summary>
    public async Task<IReadOnlyList<T>> Facts<T>()
        where T : IIntegrationEvent
    {
        List<T> facts = [];
        foreach (var module in Services.GetServices<ModuleContext>())
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT payload FROM {module.Module.Name}.outbox WHERE name = $1 ORDER BY id";
            command.Parameters.Add(new() { Value = EventCatalog.NameOf(typeof(T)) });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                facts.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), JsonSerializerOptions.Web)!);
        }
        return facts;
    }

    /// <summary>Executes a statement; for what no caller can do, such as letting a lease run out.</summary>
    public async Task<int> Sql(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads one value.</summary>
    public async Task<T> Scalar<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Fills the reference data as every migration does.</summary>
    public Task Seed() => Seed(_app.Services, _options);

    /// <summary>Empties the modules' tables, fills the reference data again and sets the clock back.</summary>
    public async Task Reset()
    {
        await _database.Reset([.. _modules.Select(m => m.Name)], [.. _options.Keep]);
        Clock.Now = TestClock.Start;
        Services.GetRequiredService<Listener>().Forget();
        await Seed(_app.Services, _options);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app.DisposeAsync();
        if (_ownsDatabase)
            await _database.DisposeAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static async Task<ModuleHost> Start(
        IReadOnlyList<IModule> modules,
        ModuleHostOptions options,
        TestDatabase database,
        bool ownsDatabase
    )
    {
        var app = Build(modules, options, options.Reach?.Invoke(database.ConnectionString) ?? database.ConnectionString);
        app.UseApi(modules);
        foreach (var module in modules)
        {
            app.MapUseCases(module.Assembly, module.Name);
            module.MapOutsideApi(app);
        }
        app.MapJobs();
        app.MapHealth();
        await app.StartAsync();
        return new(modules, options, app, database, ownsDatabase);
    }

    private static WebApplication Build(IReadOnlyList<IModule> modules, ModuleHostOptions options, string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Configuration["Pac:Background"] = "off";
        builder.Configuration["Pac:Sandbox"] = options.Sandbox ? "true" : "false";
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<Listener>();
        builder.Services.AddSingleton<ILoggerProvider>(sp => sp.GetRequiredService<Listener>());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
            k.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        builder.Services.AddSingleton<TimeProvider>(new TestClock());
        builder.Services.AddApi();
        builder.Services.AddPac(modules, connectionString, background: false);
        // The identity module keeps the keys of Data Protection in the database; without it all hosts of the process share these.
        if (modules.All(m => m.Name != "identity"))
            builder.Services.AddSingleton<IDataProtectionProvider>(SharedKeys);
        foreach (var module in modules)
            module.AddServices(builder.Services, builder.Configuration);
        if (!modules.Any(m => m.Name == "identity"))
            builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Bearer", null);
        foreach (var addition in options.Additions)
            addition(builder.Services);
        return builder.Build();
    }

    private static async Task Prepare(IReadOnlyList<IModule> modules, ModuleHostOptions options, string connectionString)
    {
        await using var app = Build(modules, options, connectionString);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            foreach (var migration in app.Services.GetServices<ModuleMigration>())
            {
                var database = ((DbContext)scope.ServiceProvider.GetRequiredService(migration.ContextType)).Database;
                // A module made for tests has no migrations; its tables are made as its model says.
                if (database.GetMigrations().Any())
                    await database.MigrateAsync();
                else
                    await database.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
            }
        }
        await Seed(app.Services, options);
    }

    private static async Task Seed(IServiceProvider services, ModuleHostOptions options)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>().Where(s => options.Sandbox || !s.SandboxOnly))
            await seed.Run(CancellationToken.None);
    }

    private sealed class Listener : ILoggerProvider, ILogger
    {
        private readonly ConcurrentStack<string> _lines = new();

        public IReadOnlyCollection<string> Lines => [.. _lines];

        public void Forget() => _lines.Clear();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                _lines.Push($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
