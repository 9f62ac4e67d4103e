using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>Two hosts that all tests of the class share.</summary>
public sealed class TwoHosts : IAsyncLifetime
{
    private TestDatabase? _database;
    private RunningHost? _a;
    private RunningHost? _b;

    internal TestDatabase Database => _database!;

    internal RunningHost A => _a!;

    internal RunningHost B => _b!;

    public async ValueTask InitializeAsync()
    {
        _database = await Databases.Sandbox();
        // One product has one name, whichever host answers.
        _a = await RunningHost.Start(_database.ConnectionString, ("Identity__Issuer", "https://pac.example/"));
        _b = await _a.Sibling();
    }

    public async ValueTask DisposeAsync()
    {
        if (_b is not null)
            await _b.DisposeAsync();
        if (_a is not null)
            await _a.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}

/// <summary>Two hosts on one database are one product.</summary>
public sealed class TwoHostsTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private const string ProcedureOfAnotherAgency = "1.014390";

    private TestDatabase Database => hosts.Database;

    private RunningHost A => hosts.A;

    private RunningHost B => hosts.B;

    [Fact]
    public async Task Two_hosts_number_receptions_without_gap_consume_every_fact_once_and_run_every_job_once()
    {
        var token = await A.MachineToken();
        HttpClient[] clients = [A.With(token), B.With(token)];
        var counter = (await clients[0].CountersOf(Sandbox.ProvincialCentre))[0];

        var replies = await Task.WhenAll(Enumerable.Range(0, 120).Select(n => clients[n % 2].Receives(counter)));

        var codes = replies.Select(r => r.Expect(201).Json.GetProperty("code").GetString()!).ToList();
        Assert.Equal(120, codes.Distinct().Count());
        Counters.AreGapless(codes);
        await Database.Delivered();
        Assert.Equal(120, await clients[0].Activity(counter));
        Assert.Equal(120, await clients[1].Activity(counter));

        var jobs = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(n => clients[n % 2].Post("/api/v1/dossier-statistics/recount", new { }))
        );
        foreach (var job in jobs)
            Assert.Equal("succeeded", (await clients[1].JobDone(job)).GetProperty("state").GetString());
        Assert.Equal(0, await Database.Scalar<long>("SELECT count(*) FROM dossiers.jobs WHERE fence <> 1"));
    }

    [Fact]
    public async Task The_same_key_at_both_hosts_at_once_makes_one_dossier()
    {
        var token = await A.MachineToken();
        HttpClient[] clients = [A.With(token), B.With(token)];
        var before = await Database.Scalar<long>("SELECT count(*) FROM dossiers.dossiers");

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(n => clients[n % 2].Receives(new { name = "Một lần" }, procedureCode: ProcedureOfAnotherAgency, key: "once"))
        );

        Assert.All(replies, r => Assert.Contains(r.Status, new[] { 201, 409 }));
        Assert.Single(replies.Where(r => r.Status == 201).Select(r => r.Location).Distinct());
        (await clients[1].Receives(new { name = "Một lần" }, procedureCode: ProcedureOfAnotherAgency, key: "once")).Expect(201);
        Assert.Equal(before + 1, await Database.Scalar<long>("SELECT count(*) FROM dossiers.dossiers"));
    }

    [Fact]
    public async Task A_token_of_one_host_is_good_at_the_other_until_it_is_revoked_at_either()
    {
        Assert.Equal(await A.KeyIds(), await B.KeyIds());
        Assert.NotEmpty(await A.KeyIds());
        var (token, other) = (await A.MachineToken(), await B.MachineToken());
        foreach (var host in new[] { A, B })
        {
            (await host.With(token).Get("/api/v1/me")).Expect(200);
            (await host.With(other).Get("/api/v1/me")).Expect(200);
        }

        (
            await B.Anonymous()
                .Call(
                    HttpMethod.Post,
                    "/connect/revoke",
                    Browser.Form(("client_id", "demo-machine"), ("client_secret", "demo-machine-secret"), ("token", token))
                )
        ).Expect(200);

        foreach (var host in new[] { A, B })
        {
            await Eventually.Answers(401, () => host.With(token).Get("/api/v1/me"));
            (await host.With(other).Get("/api/v1/me")).Expect(200);
        }
    }

    [Fact]
    public async Task A_job_of_one_host_can_be_followed_at_the_other()
    {
        var token = await A.MachineToken();
        var job = (await A.With(token).Post("/api/v1/dossier-statistics/recount", new { })).Expect(202);

        var events = (await B.With(token).Get($"/api/v1/jobs/{job.Json.GetProperty("id").GetGuid()}/events")).Expect(200);

        Assert.StartsWith("text/event-stream", events.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("\"state\":\"succeeded\"", events.Text, StringComparison.Ordinal);
    }
}
