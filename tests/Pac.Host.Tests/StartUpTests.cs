using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>How the host starts, and when it refuses to.</summary>
public sealed class StartUpTests
{
    private static readonly (string, string?) Production = ("ASPNETCORE_ENVIRONMENT", "Production");

    private static readonly string[] LookedUpByCode =
    [
        "ix_online_payments_dossier_code",
        "ix_fee_receipts_dossier_code",
        "ix_fee_receipts_number",
        "ix_exchange_messages_dossier_code",
        "ix_consultations_dossier_code",
    ];

    [Fact]
    public async Task A_production_host_without_a_database_says_what_to_set_and_ends()
    {
        var (code, said) = await HostProgram.Run(RunningHost.Settings(null, Production));
        Assert.Equal(1, code);
        Assert.Contains("ConnectionStrings__Pac", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("TRUE")]
    public async Task A_production_host_refuses_the_sandbox(string value)
    {
        var (code, said) = await HostProgram.Run(RunningHost.Settings("Host=127.0.0.1;Port=1", Production, ("Pac__Sandbox", value)));
        Assert.Equal(1, code);
        Assert.Contains("Pac:Sandbox", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_verb_is_told_the_known_ones()
    {
        var (code, said) = await HostProgram.Run(RunningHost.Settings("Host=127.0.0.1;Port=1"), "migrat");
        Assert.Equal(2, code);
        Assert.Contains("migrate", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_makes_an_empty_database_ready_for_production_and_may_be_repeated()
    {
        await using var database = await Databases.Empty();
        var settings = RunningHost.Settings(database.ConnectionString, Production);
        var before = await Counts(database, expected: 0);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (code, said) = await HostProgram.Run(settings, "migrate");
            Assert.True(code == 0, said);
            var after = await Counts(database, expected: 1);
            Assert.True(before is null || before == after, $"Repeated, it gives {after} instead of {before}.");
            before = after;
        }
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM identity.users"));
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM identity.clients"));

        await using var host = await RunningHost.Start(database.ConnectionString, Production, ("Identity__AllowHttp", "true"));
        (await host.Anonymous().Get("/api/v1/procedures")).Expect(200);
        var token = await host.Anonymous()
            .Call(
                HttpMethod.Post,
                "/connect/token",
                Browser.Form(("grant_type", "client_credentials"), ("client_id", "demo-machine"), ("client_secret", "demo-machine-secret"))
            );
        Assert.Equal("invalid_client", token.Expect(401).Json.GetProperty("error").GetString());
        Assert.DoesNotContain(Browser.DemoPassword, host.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_waits_for_a_table_in_use_in_turns_and_others_work_on_it_between()
    {
        await using var database = await Databases.Empty();
        var settings = RunningHost.Settings(database.ConnectionString, Production);
        Assert.Equal(0, (await HostProgram.Run(settings, "migrate")).Code);
        // As before the migration that gives this table its indexes by code.
        await database.Scalar<long>(
            """
            WITH gone AS (DELETE FROM dossiers.migrations WHERE migration_id LIKE '%\_LookedUpByCode' RETURNING 1) SELECT count(*) FROM gone
            """
        );
        foreach (var index in LookedUpByCode)
            await Sql("DROP INDEX dossiers." + index);
        await using var writer = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var work = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand("LOCK TABLE dossiers.fee_receipts IN ROW EXCLUSIVE MODE", writer, work))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await using var program = HostProgram.Start(settings, "migrate");
        await Eventually.True(() => Task.FromResult(program.Said.Contains("in use", StringComparison.Ordinal)), "It does not wait.");
        // It would stand behind the migration until the first one is done.
        await Sql("BEGIN; LOCK TABLE dossiers.fee_receipts IN ROW EXCLUSIVE MODE; COMMIT");
        await work.CommitAsync(TestContext.Current.CancellationToken);
        Assert.True(await program.Ends() == 0, program.Said);
        Assert.Equal(
            LookedUpByCode.Length,
            await database.Scalar<long>(
                $"SELECT count(*) FROM pg_indexes WHERE schemaname = 'dossiers' AND indexname IN ('{string.Join("', '", LookedUpByCode)}')"
            )
        );

        async Task Sql(string statement)
        {
            await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new Npgsql.NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Two_hosts_that_start_at_once_on_an_empty_database_both_come_up_as_one_product()
    {
        await using var database = await Databases.Empty();
        var starts = new[] { RunningHost.Start(database.ConnectionString), RunningHost.Start(database.ConnectionString) };
        try
        {
            var (a, b) = (await starts[0], await starts[1]);
            Assert.NotEmpty(await a.KeyIds());
            Assert.Equal(await a.KeyIds(), await b.KeyIds());
            (await b.With(await a.MachineToken()).Receives()).Expect(201);
            (await a.With(await b.MachineToken()).Receives()).Expect(201);
            (await (await a.User("officer")).Get("/api/v1/dossiers")).Expect(200);
            (await (await b.User("officer")).Get("/api/v1/dossiers")).Expect(200);
            Assert.Equal(1, await database.Scalar<long>("SELECT count(*) FROM facilities.calendars"));
            Assert.Equal(1, await database.Scalar<long>("SELECT count(*) FROM identity.users WHERE user_name = 'officer'"));
        }
        finally
        {
            foreach (var start in starts)
                if (start.IsCompletedSuccessfully)
                    await (await start).DisposeAsync();
        }
    }

    // What the reference data holds; null while there is nothing.
    private static async Task<string?> Counts(TestDatabase database, int expected)
    {
        Assert.Equal(
            expected == 0 ? 0 : 3,
            await database.Scalar<long>(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'migrations' AND table_schema IN ('identity', 'facilities', 'dossiers')"
            )
        );
        return expected == 0
            ? null
            : await database.Scalar<string>(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM dossiers.procedures), (SELECT count(*) FROM dossiers.agencies),
                    (SELECT count(*) FROM facilities.centres), (SELECT count(*) FROM facilities.counters),
                    (SELECT count(*) FROM facilities.calendar_versions), (SELECT count(*) FROM identity.roles),
                    (SELECT count(*) FROM identity.role_permissions))
                """
            );
    }
}
