using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pac.BuildingBlocks;
using Pac.EmbeddedPostgres;

namespace Pac.Host;

/// <summary>The configuration is wrong in a way that the operator must mend; the text says how.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class ConfigurationException(string message) : Exception(message);

/// <summary>The one database: the server that is configured, or a private one inside the repository.</summary>
public sealed class Database : IAsyncDisposable
{
    private const string InUse = PostgresErrorCodes.LockNotAvailable;
    private const int MostTurns = 100;
    private const long MigrationLock = 0x5041_434D_4947_5201;
    private readonly EmbeddedServer? _server;

    private Database(string connectionString, EmbeddedServer? server)
    {
        ConnectionString = connectionString;
        _server = server;
    }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the host runs it itself.</summary>
    public bool IsPrivate => _server is not null;

    /// <summary>Takes the configured database, or starts a private server.</summary>
    /// <param name="configuration">Holds <c>ConnectionStrings:Pac</c>, or <c>Pac:DataFolder</c> for the private server.</param>
    /// <param name="environment">A private server is for development only.</param>
    /// <exception cref="ConfigurationException">A production host has no connection string.</exception>
    public static async Task<Database> Provide(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        if (configuration.GetConnectionString("Pac") is { Length: > 0 } given)
            return new(given, null);
        if (!environment.IsDevelopment())
            throw new ConfigurationException("Set ConnectionStrings__Pac: outside Development, PAC does not start a database of its own.");
        var options = new EmbeddedPostgresOptions
        {
            DataRoot = configuration["Pac:DataFolder"] ?? Path.Combine(Repository(environment.ContentRootPath), ".pac", "postgres"),
            Say = Console.WriteLine,
        };
        var server = await EmbeddedServer.Start(options, CancellationToken.None);
        return new(server.ConnectionString, server);
    }

    /// <summary>Brings every module's schema up to date and fills reference data, one host at a time.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="sandbox">Whether demonstration accounts are made as well.</param>
    public static async Task MigrateAndSeed(IServiceProvider services, bool sandbox)
    {
        ArgumentNullException.ThrowIfNull(services);
        await using var gate = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await Execute(gate, $"SELECT pg_advisory_lock({MigrationLock})");
        try
        {
            await using var scope = services.CreateAsyncScope();
            foreach (var migration in services.GetServices<ModuleMigration>())
            {
                var db = (DbContext)scope.ServiceProvider.GetRequiredService(migration.ContextType);
                // Asking first is one query; migrating would lock the history of every module at every start.
                if ((await db.Database.GetPendingMigrationsAsync()).Any())
                    await Migrate(db);
            }
            foreach (var seed in scope.ServiceProvider.GetServices<ISeed>().Where(s => sandbox || !s.SandboxOnly))
                await seed.Run(CancellationToken.None);
        }
        finally
        {
            await Execute(gate, $"SELECT pg_advisory_unlock({MigrationLock})");
        }
    }

    // An index over years takes as long as it takes. A table that somebody reads is waited for in short turns: whoever waits for a table holds up all
    // who come after.
    private static async Task Migrate(DbContext db)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("SET lock_timeout = '3s'");
        for (var turn = 1; ; turn++)
        {
            try
            {
                await db.Database.MigrateAsync();
                break;
            }
            // EF hands it on inside of its own exception.
            catch (Exception e)
                when ((e as PostgresException ?? e.InnerException) is PostgresException { SqlState: InUse } && turn < MostTurns)
            {
                Console.WriteLine($"A table to migrate is in use; tried {turn} of {MostTurns} times.");
                await Task.Delay(TimeSpan.FromSeconds(2));
            }
        }
        await db.Database.ExecuteSqlRawAsync("RESET lock_timeout");
        await db.Database.CloseConnectionAsync();
        db.Database.SetCommandTimeout(null);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Repository(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
                return folder.FullName;
        return from;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)TimeSpan.FromHours(6).TotalSeconds };
        await command.ExecuteNonQueryAsync();
    }
}
