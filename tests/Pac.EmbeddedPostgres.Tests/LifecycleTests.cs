using System.Diagnostics;
using Npgsql;

namespace Pac.EmbeddedPostgres.Tests;

/// <summary>Starting, sharing, killing and restarting the private server; each test has a folder of its own.</summary>
public sealed class LifecycleTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _root = Directory.CreateTempSubdirectory("pac-lifecycle-").FullName;
    private readonly List<string> _said = [];

    private EmbeddedPostgresOptions Options =>
        new()
        {
            DataRoot = Path.Combine(_root, "pg"),
            FastUnsafe = true,
            Say = _said.Add,
        };

    public void Dispose() => Directory.Delete(_root, true);

    public LifecycleTests() => File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);

    [Fact]
    public async Task A_fresh_folder_gives_a_server_with_the_database_and_a_warm_start_keeps_the_data()
    {
        await using (var first = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken))
        {
            await Execute(first.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
        }
        Assert.False(IsRunning());

        await using var second = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);
        Assert.Equal(7, await Scalar(second.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Two_clients_share_one_server_and_the_last_one_out_stops_it()
    {
        var first = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);
        var second = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await first.DisposeAsync();
        Assert.Equal(1, await Scalar(second.ConnectionString, "SELECT 1"));

        await second.DisposeAsync();
        await Until(() => !IsRunning());
    }

    [Fact]
    public async Task Three_starts_at_once_on_a_fresh_folder_meet_in_one_server()
    {
        var servers = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => EmbeddedServer.Start(Options, TestContext.Current.CancellationToken))
        );
        Assert.Single(servers.Select(s => s.ConnectionString).Distinct());
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_owner_takes_its_server_along_and_the_next_start_finds_what_was_committed()
    {
        using var owner = StartOwner();
        var connectionString = (await owner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        await Execute(connectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (9)");

        owner.Kill();
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var next = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);

        Assert.Equal(9, await Scalar(next.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Owner_and_server_killed_together_recover_at_the_next_start()
    {
        using var owner = StartOwner();
        var connectionString = (await owner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        await Execute(connectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (11)");
        var server = ServerPid();

        owner.Kill();
        Process.GetProcessById(server).Kill();
        await using var next = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);

        Assert.Equal(11, await Scalar(next.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_pid_file_that_names_somebody_elses_process_does_not_hinder_the_start()
    {
        await using (await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken)) { }
        await File.WriteAllLinesAsync(
            PidFile(),
            [Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), "x", "0", "1"],
            TestContext.Current.CancellationToken
        );

        await using var server = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);
        Assert.Equal(1, await Scalar(server.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task The_server_never_runs_as_root_and_wants_a_password()
    {
        await using var server = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken);
        var status = await File.ReadAllLinesAsync($"/proc/{ServerPid()}/status", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(status, l => l.StartsWith("Uid:\t0\t", StringComparison.Ordinal));

        var without = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong", Pooling = false };
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Scalar(without.ConnectionString, "SELECT 1"));
        Assert.Equal("28P01", refusal.SqlState);
    }

    [Fact]
    public async Task A_folder_closed_to_the_server_account_is_exchanged_and_said_so()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root changes the account.");
        File.SetUnixFileMode(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using (var server = await EmbeddedServer.Start(Options, TestContext.Current.CancellationToken))
            Assert.Equal(1, await Scalar(server.ConnectionString, "SELECT 1"));

        var said = Assert.Single(_said);
        Directory.Delete(said[(said.LastIndexOf(' ') + 1)..].TrimEnd('.'), true);
    }

    [Fact]
    public async Task A_folder_without_programs_is_named_in_the_message()
    {
        var nowhere = Path.Combine(_root, "nowhere");
        var missing = await Assert.ThrowsAsync<PostgresMissingException>(() =>
            EmbeddedServer.Start(Options with { Binaries = nowhere }, TestContext.Current.CancellationToken)
        );
        Assert.Contains(nowhere, missing.Message, StringComparison.Ordinal);
    }

    private Process StartOwner()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[Owner.Variable] = Options.DataRoot;
        return Process.Start(start)!;
    }

    private string PidFile() =>
        Directory.GetDirectories(Options.DataRoot, "data-*").Select(d => Path.Combine(d, "postmaster.pid")).Single();

    private int ServerPid() => int.Parse(File.ReadLines(PidFile()).First(), System.Globalization.CultureInfo.InvariantCulture);

    private bool IsRunning() => File.Exists(PidFile());

    private static async Task Until(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Limit, "The server went on running.");
            await Task.Delay(20);
        }
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Scalar(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
