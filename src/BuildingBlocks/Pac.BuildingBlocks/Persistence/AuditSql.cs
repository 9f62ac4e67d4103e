using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pac.BuildingBlocks.Persistence;

#pragma warning disable EF1002 // The schema is a constant of the module; values are parameters.

/// <summary>The statements behind the audit trail, each in the schema of its own module.</summary>
public static class AuditSql
{
    private static readonly string[] Tables = ["audit", "audit_seals"];

    internal static Task<bool> TryLockSeals(this ModuleDbContext db, CancellationToken ct) =>
        db
            .Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({db.Schema} || '.audit_seals', 0)) AS \"Value\"")
            .SingleAsync(ct);

    internal static Task InsertSeals(this ModuleDbContext db, long[] numbers, long[] entries, byte[][] hashes, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO {db.Schema}.audit_seals (number, entry_seq, hash) SELECT * FROM unnest(@p0, @p1, @p2)",
            [numbers, entries, hashes],
            ct
        );

    /// <summary>Makes a module's audit trail append-only: the database refuses to change or remove what is written.</summary>
    /// <param name="migration">The migration that makes it so.</param>
    /// <param name="schema">Schema of the module.</param>
    public static void MakeAuditAppendOnly(this MigrationBuilder migration, string schema)
    {
        ArgumentNullException.ThrowIfNull(migration);
        migration.Sql(
            $"""
            CREATE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'The audit trail is append-only.'; END $$
            """
        );
        foreach (var table in Tables)
        {
            migration.Sql(
                $"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.{table} FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_change()"
            );
        }
    }
}
