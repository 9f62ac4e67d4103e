using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Pac.EmbeddedPostgres;

namespace Pac.Benchmarks;

/// <summary>A database server, the product's host and the bare server, each a process of its own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly EmbeddedServer _database;
    private readonly List<Process> _started = [];

    private Bench(EmbeddedServer database) => _database = database;

    // As the product connects.
    public string ConnectionString => _database.ConnectionString + ";Options=-c jit=off";

    public Process? Host { get; private set; }

    public Uri HostAddress { get; private set; } = new("http://127.0.0.1");

    public Process Bare { get; private set; } = null!;

    public Uri BareAddress { get; private set; } = null!;

    public int Postmaster { get; private set; }

    public string Token { get; private set; } = "";

    public static async Task<Bench> Start()
    {
        var folder = Path.Combine(Repository(), ".pac", "benchmarks");
        if (Directory.Exists(folder))
            Directory.Delete(folder, true);
        var options = new EmbeddedPostgresOptions { DataRoot = folder, Say = Console.WriteLine };
        var bench = new Bench(await EmbeddedServer.Start(options, CancellationToken.None));
        await bench.StartHost(background: true);
        bench.Postmaster = Processes.Parent(await bench.Scalar<int>("SELECT pg_backend_pid()"));
        bench.BareAddress = FreeAddress();
        bench.Bare = bench.Run("Pac.Benchmarks", ["bare", bench.BareAddress.ToString().TrimEnd('/'), bench.ConnectionString]);
        await bench.Ready(new(bench.BareAddress, "ready"));
        bench.Token = await bench.FetchToken();
        return bench;
    }

    /// <summary>Starts the product's host, in place of the one that runs.</summary>
    /// <param name="background">Whether it delivers facts and runs jobs.</param>
    public async Task StartHost(bool background)
    {
        if (Host is not null)
        {
            Host.Kill();
            await Host.WaitForExitAsync();
        }
        HostAddress = FreeAddress();
        Host = Run("Pac.Host", ["--urls", HostAddress.ToString().TrimEnd('/'), "--Pac:Background", background ? "on" : "off"]);
        await Ready(new(HostAddress, "health/ready"));
    }

    /// <summary>Starts another server of this program on the same database.</summary>
    public async Task<(Process Process, Uri Address)> StartBeside(string kind)
    {
        var address = FreeAddress();
        var process = Run("Pac.Benchmarks", [kind, address.ToString().TrimEnd('/'), ConnectionString]);
        await Ready(new(address, "ready"));
        return (process, address);
    }

    /// <summary>The folder of a built program beside this one.</summary>
    public static string Program(string name)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(here.Parent!.Parent!.FullName, name, here.Name, name + ".dll");
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 900 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 900 };
        await command.ExecuteNonQueryAsync();
    }

    public HttpClient Client(Uri address, int connections, string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(10),
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token ?? Token);
        return client;
    }

    /// <summary>Takes a fresh token; they live ten minutes.</summary>
    public async Task Renew() => Token = await FetchToken();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        await _database.DisposeAsync();
    }

    /// <summary>Makes a client like the demonstration machine that sees other data, and takes a token for it.</summary>
    public async Task<string> TokenOf(string clientId, string scope)
    {
        await Execute(
            $"""
            INSERT INTO identity.clients SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'client_id', '{clientId}'))).*
            FROM identity.clients AS c WHERE client_id = 'demo-machine';
            INSERT INTO identity.client_secrets
            SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'client_id', n.id))).*
            FROM identity.client_secrets AS s JOIN identity.clients AS c ON c.id = s.client_id AND c.client_id = 'demo-machine',
                identity.clients AS n WHERE n.client_id = '{clientId}';
            INSERT INTO identity.client_grants SELECT (jsonb_populate_record(g, jsonb_build_object('client_id', '{clientId}', 'scope', '{scope}'))).*
            FROM identity.client_grants AS g WHERE client_id = 'demo-machine';
            """
        );
        return await FetchToken(clientId);
    }

    private async Task<string> FetchToken(string clientId = "demo-machine")
    {
        using var client = new HttpClient { BaseAddress = HostAddress };
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", clientId),
            new("client_secret", "demo-machine-secret"),
        ]);
        using var answer = await client.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("access_token").GetString()!;
    }

    private Process Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(Program(program))!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Program(program));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Pac"] = ConnectionString;
        start.Environment["RateLimits__PerCaller"] = "1000000000";
        start.Environment["RateLimits__PerAddress"] = "1000000000";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Warn(e.Data);
        process.ErrorDataReceived += (_, e) => Warn("      " + e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _started.Add(process);
        return process;
    }

    // The host logs little; a warning in a benchmark is worth seeing.
    private static void Warn(string? line)
    {
        if (line is not null && line.StartsWith("      ", StringComparison.Ordinal))
            Console.Error.WriteLine(line);
    }

    private async Task Ready(Uri address)
    {
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (_started[^1].HasExited)
                throw new InvalidOperationException("A program ended before it was ready.");
            try
            {
                using var answer = await client.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new TimeoutException(address.ToString());
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
