using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Pac.EmbeddedPostgres;
using Respawn;

namespace Pac.Testing;

/// <summary>
/// A database of one test assembly or class, cloned from a template that is migrated once per build of the product.
/// All test programs of the repository share one server; <c>PAC_TEST_POSTGRES</c> names another one.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const long TemplateLock = 0x5041_4354_4553_5401;
    private static int _count;
    private readonly EmbeddedServer? _server;
    private readonly string _admin;
    private readonly string _name;
    private Respawner? _respawner;

    private TestDatabase(EmbeddedServer? server, string admin, string name)
    {
        _server = server;
        _admin = admin;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(admin) { Database = name, IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>How to reach the database.</summary>
    public string ConnectionString { get; }

    /// <summary>Clones a fresh database.</summary>
    /// <param name="migrate">Brings an empty database to the state every clone starts from.</param>
    /// <param name="marks">Types whose assemblies decide whether the template is still the right one.</param>
    public static async Task<TestDatabase> Create(Func<string, Task> migrate, params Type[] marks)
    {
        var (server, admin) = await Server();
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await Execute(connection, $"SELECT pg_advisory_lock({TemplateLock})");
        var name = string.Create(CultureInfo.InvariantCulture, $"pac_test_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        try
        {
            await DropLeftovers(connection);
            var template = await Template(connection, admin, migrate, marks);
            await Execute(connection, $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        }
        finally
        {
            await Execute(connection, $"SELECT pg_advisory_unlock({TemplateLock})");
        }
        return new(server, admin, name);
    }

    /// <summary>Empties the tables of some schemas.</summary>
    /// <param name="schemas">The schemas.</param>
    /// <param name="keep">Tables that keep their rows: migrations history and reference data.</param>
    public async Task Reset(string[] schemas, params string[] keep)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        _respawner ??= await Respawner.CreateAsync(
            connection,
            new RespawnerOptions
            {
                DbAdapter = DbAdapter.Postgres,
                SchemasToInclude = schemas,
                TablesToIgnore = [.. keep.Append("migrations").Select(t => new Respawn.Graph.Table(t))],
            }
        );
        // The audit trail refuses to be emptied; only here, where nothing is anybody's act.
        await Execute(connection, "SET session_replication_role = replica");
        await _respawner.ResetAsync(connection);
        await Execute(connection, "SET session_replication_role = origin");
    }

    /// <summary>Drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(_admin))
        {
            await connection.OpenAsync();
            await Execute(connection, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        }
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static async Task<(EmbeddedServer?, string)> Server()
    {
        if (Environment.GetEnvironmentVariable("PAC_TEST_POSTGRES") is { Length: > 0 } given)
            return (null, given);
        var options = new EmbeddedPostgresOptions
        {
            DataRoot = Path.Combine(RepositoryRoot(), ".pac", "tests"),
            FastUnsafe = true,
            Say = Console.Error.WriteLine,
        };
        var server = await EmbeddedServer.Start(options, CancellationToken.None);
        return (server, server.ConnectionString);
    }

    /// <summary>The folder of the repository, found upwards from the test program.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    private static async Task<string> Template(NpgsqlConnection connection, string admin, Func<string, Task> migrate, Type[] marks)
    {
        var builds = string.Join('\n', marks.Select(m => $"{m.FullName} {m.Module.ModuleVersionId}"));
        var name = "pac_template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(builds)))[..16];
        if (await Names(connection, name) is [_])
            return name;
        var building = name + "_building";
        await Execute(connection, $"DROP DATABASE IF EXISTS {building} WITH (FORCE)");
        await Execute(connection, $"CREATE DATABASE {building}");
        await migrate(new NpgsqlConnectionStringBuilder(admin) { Database = building, Pooling = false }.ConnectionString);
        await Execute(
            connection,
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{building}' AND pid <> pg_backend_pid()"
        );
        await Execute(connection, $"ALTER DATABASE {building} RENAME TO {name}");
        return name;
    }

    // Databases of test programs that were killed, and all but the newest templates.
    private static async Task DropLeftovers(NpgsqlConnection connection)
    {
        foreach (var name in await Names(connection, "pac_test_%"))
        {
            var process = name.Split('_')[2];
            if (!Directory.Exists($"/proc/{process}"))
                await Execute(connection, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
        var templates = await Names(connection, "pac_template_%");
        foreach (var old in templates.SkipLast(12))
            await Execute(connection, $"DROP DATABASE IF EXISTS {old} WITH (FORCE)");
    }

    private static async Task<List<string>> Names(NpgsqlConnection connection, string pattern)
    {
        await using var command = new NpgsqlCommand("SELECT datname FROM pg_database WHERE datname LIKE $1 ORDER BY oid", connection)
        {
            Parameters = { new() { Value = pattern } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        List<string> names = [];
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
