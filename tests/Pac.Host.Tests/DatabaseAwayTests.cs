using Npgsql;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>The database goes away and comes back; nobody has to start the host again.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Cut_off_from_its_database_the_host_says_so_and_goes_on_by_itself_afterwards()
    {
        await using var database = await Databases.Sandbox();
        var (gateway, through) = Gateway.Before(database.ConnectionString);
        using var closing = gateway;
        await using var host = await RunningHost.Start(through);
        await LosesAndFinds(database, host, () => Do(gateway.Close), () => Do(gateway.Open));
    }

    [Fact]
    public async Task Thrown_out_by_a_database_that_takes_nobody_the_host_says_so_and_goes_on_by_itself_afterwards()
    {
        await using var database = await Databases.Sandbox();
        await using var host = await RunningHost.Start(database.ConnectionString);
        await LosesAndFinds(
            database,
            host,
            async () =>
            {
                await AsOwner(database, "ALTER DATABASE {0} ALLOW_CONNECTIONS false");
                await AsOwner(database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{0}'");
            },
            () => AsOwner(database, "ALTER DATABASE {0} ALLOW_CONNECTIONS true")
        );
    }

    private static async Task LosesAndFinds(TestDatabase database, RunningHost host, Func<Task> goes, Func<Task> comes)
    {
        var client = await host.Machine();
        var citizen = host.Anonymous();
        var counter = (await client.CountersOf(Sandbox.ProvincialCentre))[0];
        var dossier = (await client.Receives(counter)).Expect(201);

        await goes();
        await Eventually.Answers(503, () => citizen.Get("/health/ready"));
        (await citizen.Get("/health/live")).Expect(200);
        Func<Task<Reply>>[] calls =
        [
            () => client.Get("/api/v1/dossiers"),
            () => client.Get(dossier.Location),
            () => client.Receives(new { name = "H'Liêm Êban", identityNumber = "066190000777" }, counter),
            () => client.Receives(new { name = "H'Liêm Êban", identityNumber = "066190000777" }, counter, key: "again"),
            () => client.Get("/api/v1/dossier-statistics?from=2026-01-01&to=2026-12-31"),
            () => client.Post("/api/v1/dossier-statistics/recount", new { }),
            () => citizen.Get("/api/v1/procedures/1.014196"),
            () => citizen.Get("/api/v1/tracking/" + dossier.Json.GetProperty("code").GetString()),
            () => citizen.Get("/health/ready"),
            () =>
                citizen.Call(
                    HttpMethod.Post,
                    "/connect/token",
                    Browser.Form(
                        ("grant_type", "client_credentials"),
                        ("client_id", "demo-machine"),
                        ("client_secret", "demo-machine-secret")
                    )
                ),
        ];
        foreach (var call in calls)
            Assert.InRange(int.Parse((await call()).Expect(503, "unavailable").Header("Retry-After") ?? "0", null), 1, 60);

        await comes();
        await Eventually.Answers(200, () => citizen.Get("/health/ready"));
        await Eventually.Answers(200, () => client.Get(dossier.Location));
        await Eventually.Answers(201, () => client.Receives(new { name = "H'Liêm Êban" }, counter, key: "again"));
        (await (await host.Machine()).Get("/api/v1/me")).Expect(200);
        await database.Delivered();
        Assert.Equal(await database.Scalar<long>("SELECT count(*) FROM dossiers.dossiers"), await client.Activity(counter));
        await client.FindsNoDifference();
        Assert.DoesNotContain("Liêm", host.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("066190000777", host.Said, StringComparison.Ordinal);
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task AsOwner(TestDatabase database, string statement)
    {
        var builder = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var sql = string.Format(null, statement, builder.Database);
        builder.Database = "postgres";
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
