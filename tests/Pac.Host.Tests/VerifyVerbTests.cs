using Npgsql;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>The command with which an operator checks the audit trail.</summary>
public sealed class VerifyVerbTests
{
    [Fact]
    public async Task Verify_gives_the_heads_of_a_sound_trail_and_finds_what_was_changed_or_cut_off()
    {
        await using var database = await Databases.Sandbox();
        await using (var host = await RunningHost.Start(database.ConnectionString))
        {
            var machine = host.With(await host.MachineToken());
            for (var n = 0; n < 3; n++)
                (await machine.Receives()).Expect(201);
            await Eventually.True(
                async () =>
                    await database.Scalar<long>("SELECT count(*) FROM dossiers.audit") > 0
                    && await database.Scalar<long>(
                        "SELECT count(*) FROM dossiers.audit a WHERE NOT EXISTS (SELECT 1 FROM dossiers.audit_seals s WHERE s.entry_seq = a.seq)"
                    ) == 0,
                "The trail is not sealed."
            );
        }
        var settings = RunningHost.Settings(database.ConnectionString);
        var (code, said) = await HostProgram.Run(settings, "verify");
        Assert.True(code == 0, said);
        Assert.Contains("dossiers: ", said, StringComparison.Ordinal);
        Assert.Contains("the chain holds", said, StringComparison.Ordinal);
        var head = said.Split('\n').Single(l => l.StartsWith("dossiers: ", StringComparison.Ordinal)).Split("head ")[1].Split(": ")[0];

        await Damage(database, "UPDATE dossiers.audit SET subject = 'nobody' WHERE seq = (SELECT min(seq) FROM dossiers.audit)");
        (code, said) = await HostProgram.Run(settings, "verify", "dossiers=" + head);
        Assert.True(code == 1, said);
        Assert.Contains("was changed", said, StringComparison.Ordinal);

        await Damage(database, "DELETE FROM dossiers.audit; DELETE FROM dossiers.audit_seals");
        (code, said) = await HostProgram.Run(settings, "verify", "dossiers=" + head);
        Assert.True(code == 1, said);
        Assert.Contains("does not lead to", said, StringComparison.Ordinal);
    }

    private static async Task Damage(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        // As somebody who owns the database and switches its guards off.
        await using var command = new NpgsqlCommand("SET session_replication_role = replica; " + sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
