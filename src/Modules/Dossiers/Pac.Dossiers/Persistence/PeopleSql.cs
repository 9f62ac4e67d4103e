using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>The statements behind the search for people.</summary>
internal static class PeopleSql
{
    /// <summary>The indexes by which people are found, and the one that finds rows of an earlier version without looking at the others.</summary>
    public static void IndexPeople(this MigrationBuilder migration)
    {
        migration.Sql(
            "CREATE INDEX ix_dossiers_identity ON dossiers.dossiers (applicant_identity_index, received_at DESC, id DESC) WHERE applicant_identity_index IS NOT NULL"
        );
        migration.Sql("CREATE INDEX ix_dossiers_name ON dossiers.dossiers USING gin (to_tsvector('simple', applicant_search))");
        migration.Sql("CREATE INDEX ix_dossiers_to_seal ON dossiers.dossiers (id) WHERE applicant_search IS NULL");
    }

    /// <summary>Takes the indexes away again.</summary>
    public static void DropPeopleIndexes(this MigrationBuilder migration) =>
        migration.Sql("DROP INDEX dossiers.ix_dossiers_identity, dossiers.ix_dossiers_name, dossiers.ix_dossiers_to_seal");

    /// <summary>Seals the numbers of rows that an earlier version wrote in plain, a batch at a time. Returns how many were left in this batch.</summary>
    public static async Task<int> SealBatch(this DossiersDbContext db, IIdentityNumbers numbers, int most, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        List<(Guid Id, string Search, SealedNumber? Number)> rows = [];
        await using (
            var read = db.Command(
                "SELECT id, applicant_name, applicant_identity_number FROM dossiers.dossiers WHERE applicant_search IS NULL LIMIT $1 FOR UPDATE"
            )
        )
        {
            read.Parameters.Add(new() { Value = most });
            await using var reader = await read.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var number = reader.IsDBNull(2) ? null : reader.GetString(2);
                rows.Add((reader.GetGuid(0), Folded.Of(reader.GetString(1)), await numbers.Seal(number, ct)));
            }
        }
        await using var write = db.Command(
            """
            UPDATE dossiers.dossiers d SET applicant_search = n.search, applicant_identity_number = n.masked,
                applicant_identity_sealed = n.sealed, applicant_identity_index = n.index
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[]) AS n (id, search, masked, sealed, index)
            WHERE d.id = n.id
            """
        );
        Add(rows.Select(r => r.Id).ToArray(), NpgsqlDbType.Uuid);
        Add(rows.Select(r => r.Search).ToArray(), NpgsqlDbType.Text);
        Add(rows.Select(r => r.Number?.Masked).ToArray(), NpgsqlDbType.Text);
        Add(rows.Select(r => r.Number?.Sealed).ToArray(), NpgsqlDbType.Bytea);
        Add(rows.Select(r => r.Number?.Index).ToArray(), NpgsqlDbType.Bytea);
        await write.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return rows.Count;

        void Add<T>(T[] values, NpgsqlDbType type) =>
            write.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
