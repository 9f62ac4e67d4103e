using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Pac.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL server in a folder. Several processes share it; the last one out stops it, and a supervisor stops it
/// when a process was killed, because the operating system gives up that process's lock.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private static readonly TimeSpan StartUpLimit = TimeSpan.FromSeconds(60);
    private readonly FileStream _client;
    private readonly Process? _supervisor;

    private EmbeddedServer(string connectionString, FileStream client, Process? supervisor)
    {
        ConnectionString = connectionString;
        _client = client;
        _supervisor = supervisor;
    }

    /// <summary>How to reach the database.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts the server, or joins the one that runs on this folder.</summary>
    /// <param name="options">Folder and settings.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="PostgresMissingException">There are no PostgreSQL programs.</exception>
    public static async Task<EmbeddedServer> Start(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var binaries = await PostgresBinaries.Find(options);
        var account = ServerAccount.Choose(binaries.Folder);
        var root = account.PassableFolder(Path.GetFullPath(options.DataRoot), options.Say);
        Directory.CreateDirectory(root);
        var place = new Place(root, binaries, account);
        var client = await Locks.Shared(place.ClientsLock, ct);
        try
        {
            await using var alone = await Locks.Exclusive(Path.Combine(root, "start.lock"), ct);
            await place.Initialise(ct);
            var (port, supervisor) = await place.Running(ct) is { } running ? (running, null) : await place.Launch(options.FastUnsafe, ct);
            var connectionString = place.ConnectionString(port, options.Database);
            await place.EnsureDatabase(port, options.Database, ct);
            return new(connectionString, client, supervisor);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leaves the server; the last one out stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _client.DisposeAsync();
        if (_supervisor is null)
            return;
        _supervisor.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _supervisor.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Others still use the server; the supervisor stays with them.
        }
        _supervisor.Dispose();
    }

    /// <summary>One data folder with the programs and the account that serve it.</summary>
    private sealed class Place(string root, PostgresBinaries binaries, ServerAccount account)
    {
        private const string Superuser = "pac";
        private readonly string _data = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"data-{binaries.Major}"));
        private readonly string _password = Path.Combine(root, "password");

        public string ClientsLock { get; } = Path.Combine(root, "clients.lock");

        public string ConnectionString(int port, string database) =>
            new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = port,
                Username = Superuser,
                Password = File.ReadAllText(_password),
                Database = database,
            }.ConnectionString;

        public async Task Initialise(CancellationToken ct)
        {
            account.Own(root);
            if (!File.Exists(_password))
            {
                await File.WriteAllTextAsync(_password, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), ct);
                File.SetUnixFileMode(_password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                account.Own(_password);
            }
            if (Directory.Exists(_data))
                return;
            var fresh = _data + ".new";
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, true);
            await Run(
                account.Command(
                    Path.Combine(binaries.Folder, "initdb"),
                    [
                        "-D",
                        fresh,
                        "-U",
                        Superuser,
                        "-E",
                        "UTF8",
                        "--locale=C.UTF-8",
                        "-A",
                        "scram-sha-256",
                        "--pwfile",
                        _password,
                        "--no-instructions",
                    ],
                    root
                ),
                ct
            );
            Directory.Move(fresh, _data);
        }

        /// <summary>The port of the server that runs on this folder, if one answers.</summary>
        public async Task<int?> Running(CancellationToken ct)
        {
            var lines = await ReadPidFile(ct);
            if (lines.Length < 4 || !int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port))
                return null;
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString(port, "postgres") + ";Timeout=3;Pooling=false");
                await connection.OpenAsync(ct);
                await using var command = new NpgsqlCommand("SHOW data_directory", connection);
                return (string?)await command.ExecuteScalarAsync(ct) == _data ? port : null;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                return null;
            }
        }

        public async Task<(int Port, Process Supervisor)> Launch(bool fastUnsafe, CancellationToken ct)
        {
            var deadline = Stopwatch.StartNew();
            while (true)
            {
                await RemoveStalePidFile(ct);
                var port = FreePort();
                var supervisor = Supervise(port, fastUnsafe);
                while (!supervisor.HasExited && deadline.Elapsed < StartUpLimit)
                {
                    if (await Running(ct) is { } found)
                        return (found, supervisor);
                    await Task.Delay(50, ct);
                }
                supervisor.Dispose();
                if (deadline.Elapsed > StartUpLimit)
                    throw new InvalidOperationException($"PostgreSQL did not start; see {Path.Combine(root, "server.log")}.");
                await Task.Delay(300, ct);
            }
        }

        public async Task EnsureDatabase(int port, string database, CancellationToken ct)
        {
            await using var connection = new NpgsqlConnection(ConnectionString(port, "postgres") + ";Pooling=false");
            await connection.OpenAsync(ct);
            await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
            {
                Parameters = { new() { Value = database } },
            };
            if (await exists.ExecuteScalarAsync(ct) is not null)
                return;
            await using var create = new NpgsqlCommand(
                $"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
                connection
            );
            await create.ExecuteNonQueryAsync(ct);
        }

        // The shell waits for its input to close, then for the last shared lock to be given up, then stops the server.
        // A session of its own keeps the terminal's Ctrl+C from the server before the host has drained.
        private const string Script = """
            exec 3<&0
            folder=$1; locks=$2; shift 2
            "$@" </dev/null 3<&- >>"$folder/server.log" 2>&1 & pid=$!
            trap '' INT HUP; trap 'kill -INT $pid' TERM
            (cat >/dev/null; flock -x "$locks" sh -c 'kill -INT $1; while kill -0 $1; do sleep 0.02; done' - $pid 2>/dev/null) <&3 & exec 3<&-
            wait $pid; exit $?
            """;

        private Process Supervise(int port, bool fastUnsafe)
        {
            string[] settings =
            [
                "listen_addresses=127.0.0.1",
                string.Create(CultureInfo.InvariantCulture, $"port={port}"),
                "unix_socket_directories=",
                "max_connections=200",
                "timezone=UTC",
                "log_timezone=UTC",
                "password_encryption=scram-sha-256",
                "random_page_cost=1.1",
                "log_min_messages=warning",
                "log_min_error_statement=panic",
                .. fastUnsafe
                    ? new[] { "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=128MB" }
                    : ["fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=256MB", "max_wal_size=2GB", "jit=off"],
            ];
            List<string> server = [Path.Combine(binaries.Folder, "postgres"), "-D", _data];
            foreach (var setting in settings)
                server.AddRange(["-c", setting]);
            var start = account.Command("/bin/sh", ["-c", Script, "-", root, ClientsLock, .. server], root, ownSession: true);
            start.RedirectStandardInput = true;
            return Process.Start(start)!;
        }

        // A pid file of a crashed server may name a process number that somebody else has by now.
        private async Task RemoveStalePidFile(CancellationToken ct)
        {
            var lines = await ReadPidFile(ct);
            if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid))
                return;
            var commandLine = $"/proc/{pid}/cmdline";
            if (!File.Exists(commandLine) || !(await File.ReadAllTextAsync(commandLine, ct)).Contains(_data, StringComparison.Ordinal))
                File.Delete(Path.Combine(_data, "postmaster.pid"));
        }

        private async Task<string[]> ReadPidFile(CancellationToken ct)
        {
            try
            {
                return await File.ReadAllLinesAsync(Path.Combine(_data, "postmaster.pid"), ct);
            }
            catch (IOException)
            {
                return [];
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        private static async Task Run(ProcessStartInfo start, CancellationToken ct)
        {
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            using var process = Process.Start(start)!;
            var output = new StringBuilder();
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{start.FileName} failed: {output.AppendJoin('\n', texts)}");
        }
    }
}
