using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;
using Pac.BuildingBlocks;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>What a token endpoint gave.</summary>
internal sealed record Tokens(string Access, string Refresh);

/// <summary>The sandbox as machines, front ends and people use it.</summary>
internal static class Sandbox
{
    public const string AllScopes = "dossiers facilities identity";
    public const string ProvincialCentre = "dak-lak";
    public const string CommuneCentre = "66-22015";
    private const string Callback = "http://127.0.0.1:5173/callback";
    private const string Verifier = "0123456789-0123456789-0123456789-0123456789";
    private static readonly string Challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static async Task<string> MachineToken(this RunningHost host, string scope = AllScopes) =>
        (
            await host.Anonymous()
                .Call(
                    HttpMethod.Post,
                    "/connect/token",
                    Testing.Browser.Form(
                        ("grant_type", "client_credentials"),
                        ("client_id", "demo-machine"),
                        ("client_secret", "demo-machine-secret"),
                        ("scope", scope)
                    )
                )
        )
            .Expect(200)
            .Json.GetProperty("access_token")
            .GetString()!;

    /// <summary>A person signs in through the page, and the front end gets its tokens.</summary>
    public static async Task<Tokens> SignsIn(this RunningHost host, string user)
    {
        using var browser = new Testing.Browser(host.Address);
        return await host.SignsIn(browser, user);
    }

    /// <summary>As above, in a browser that may know the person already.</summary>
    public static async Task<Tokens> SignsIn(
        this RunningHost host,
        Testing.Browser browser,
        string user,
        string? prompt = null,
        string scope = AllScopes
    )
    {
        var address = QueryHelpers.AddQueryString(
            "/connect/authorize",
            new Dictionary<string, string?>
            {
                ["client_id"] = "demo-spa",
                ["redirect_uri"] = Callback,
                ["response_type"] = "code",
                ["scope"] = ("openid profile offline_access " + scope).TrimEnd(),
                ["state"] = "st",
                ["code_challenge"] = Challenge,
                ["code_challenge_method"] = "S256",
            }
        );
        var back = await browser.Authorize(prompt is null ? address : address + "&prompt=" + prompt, user);
        Assert.True(back.ContainsKey("code"), "There is no code: " + string.Join(' ', back));
        return Read(
            await host.AsksForTokens(
                ("grant_type", "authorization_code"),
                ("code", back["code"]),
                ("redirect_uri", Callback),
                ("code_verifier", Verifier)
            )
        );
    }

    public static async Task<Tokens> Refreshes(this RunningHost host, string refreshToken) =>
        Read(await host.AsksForTokens(("grant_type", "refresh_token"), ("refresh_token", refreshToken)));

    /// <summary>The ids of the keys with which a host signs.</summary>
    public static async Task<string[]> KeyIds(this RunningHost host) =>
        [
            .. (await host.Anonymous().Get("/.well-known/jwks"))
                .Expect(200)
                .Json.GetProperty("keys")
                .EnumerateArray()
                .Select(k => k.GetProperty("kid").GetString()!)
                .Order(),
        ];

    private static Task<Reply> AsksForTokens(this RunningHost host, params (string, string)[] fields) =>
        host.Anonymous().Call(HttpMethod.Post, "/connect/token", Testing.Browser.Form([("client_id", "demo-spa"), .. fields]));

    private static Tokens Read(Reply reply) =>
        new(reply.Expect(200).Json.GetProperty("access_token").GetString()!, reply.Json.GetProperty("refresh_token").GetString()!);
}

/// <summary>A counter at work: receptions, and what can be asked about them.</summary>
internal static class Counters
{
    /// <summary>Identifiers of the counters of a centre.</summary>
    public static async Task<Guid[]> CountersOf(this HttpClient client, string centre) =>
        [
            .. (await client.Get($"/api/v1/counters?centre={centre}&limit=100"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(c => c.GetProperty("id").GetGuid()),
        ];

    /// <summary>Receives a dossier, under a key when one is given.</summary>
    public static Task<Reply> Receives(
        this HttpClient client,
        object applicant,
        Guid? counterId = null,
        string procedureCode = "1.014196",
        string centreCode = Sandbox.ProvincialCentre,
        string? key = null
    ) =>
        client.Post(
            "/api/v1/dossiers",
            new
            {
                centreCode,
                procedureCode,
                counterId,
                applicant = For(procedureCode, applicant),
                documents = new[] { new { code = "form" } },
            },
            key is null ? [] : [("Idempotency-Key", key)]
        );

    // Whoever files is one for whom the procedure is: the extension of residence is for citizens, the others are for organisations.
    private static JsonObject For(string procedureCode, object applicant)
    {
        var given = JsonSerializer.SerializeToNode(applicant)!.AsObject();
        given.TryAdd("kind", procedureCode == "1.002755" ? "citizen" : "organisation");
        return given;
    }

    public static Task<Reply> Receives(this HttpClient client, Guid? counterId = null) =>
        client.Receives(new { name = "Người nộp" }, counterId);

    /// <summary>How many dossiers passed over a counter, by what its module was told.</summary>
    public static async Task<int> Activity(this HttpClient client, Guid counterId) =>
        (await client.Get($"/api/v1/counters/{counterId}/activity"))
            .Expect(200)
            .Json.GetProperty("days")
            .EnumerateArray()
            .Sum(d => d.GetProperty("dossiersReceived").GetInt32());

    /// <summary>Waits for the end of a job.</summary>
    public static async Task<JsonElement> JobDone(this HttpClient client, Reply accepted)
    {
        var path = "/api/v1/jobs/" + accepted.Expect(202).Json.GetProperty("id").GetGuid();
        JsonElement job = default;
        await Eventually.True(
            async () => (job = (await client.Get(path)).Expect(200).Json).GetProperty("state").GetString() is "succeeded" or "failed",
            "The job does not end."
        );
        return job;
    }

    /// <summary>Counts the figures anew and expects that nothing differs.</summary>
    public static async Task FindsNoDifference(this HttpClient client)
    {
        var job = await client.JobDone(await client.Post("/api/v1/dossier-statistics/recount", new { }));
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.True(job.GetProperty("result").GetProperty("compared").GetInt64() > 0, "Nothing was compared.");
        Assert.Empty(job.GetProperty("result").GetProperty("differences").EnumerateArray());
    }

    /// <summary>Expects that the serial numbers of the codes run from 1 without gap and without double, by agency and day.</summary>
    public static void AreGapless(IEnumerable<string> codes)
    {
        foreach (var group in codes.Select(c => c.Split('-')).GroupBy(p => (Agency: p[0], Day: p[1])))
        {
            var serials = group.Select(p => int.Parse(p[2], System.Globalization.CultureInfo.InvariantCulture)).Order();
            Assert.Equal(Enumerable.Range(1, group.Count()), serials);
        }
    }
}

/// <summary>Databases for hosts, and a look into them where no caller can look.</summary>
internal static class Databases
{
    /// <summary>A database without a single table.</summary>
    public static Task<TestDatabase> Empty() => TestDatabase.Create(_ => Task.CompletedTask, typeof(Databases));

    /// <summary>A database as the host itself makes it for the sandbox.</summary>
    public static Task<TestDatabase> Sandbox() =>
        TestDatabase.Create(
            async c =>
            {
                var (code, said) = await HostProgram.Run(RunningHost.Settings(c), "migrate");
                Assert.True(code == 0, said);
            },
            [typeof(Modules), typeof(IModule), .. Modules.All.Select(m => m.GetType())]
        );

    public static async Task<T> Scalar<T>(this TestDatabase database, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Executes a statement and keeps its locks until disposed.</summary>
    public static async Task<IAsyncDisposable> Hold(this TestDatabase database, string sql)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; " + sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until every fact has been delivered, and expects that none was given up.</summary>
    public static async Task Delivered(this TestDatabase database)
    {
        await Eventually.True(
            async () => await database.Scalar<long>("SELECT count(*) FROM dossiers.outbox WHERE processed_at IS NULL") == 0,
            "Facts are left in the outbox."
        );
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM dossiers.outbox WHERE parked_at IS NOT NULL"));
    }
}
