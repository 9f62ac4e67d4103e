using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierPersonConfiguration : IEntityTypeConfiguration<DossierPerson>
{
    public void Configure(EntityTypeBuilder<DossierPerson> builder)
    {
        builder.ToTable("dossier_people");
        builder.HasKey(p => new { p.DossierId, p.Part });
        builder.Property(p => p.Search).HasMaxLength(400);
        builder.HasIndex(p => p.IdentityIndex).HasFilter("identity_index IS NOT NULL");
    }
}

/// <summary>The statements behind those who have a part in a dossier beside its applicant, and behind what people know of its time.</summary>
internal static class DossierPeopleSql
{
    // The name is folded as Folded.Of does it. Numbers lie in the dossier as the index already, so nothing has to be opened.
    public const string Fill = """
        INSERT INTO dossiers.dossier_people (dossier_id, part, identity_index, search)
        SELECT d.id, p.part, decode(p.party -> 'identityNumber' ->> 'index', 'base64'),
            left(trim(regexp_replace(translate(lower(regexp_replace(normalize(p.party ->> 'name', NFD), '[\u0300-\u036f]', '', 'g')), 'đĐ', 'dd'), '\s+', ' ', 'g')), 400)
        FROM dossiers.dossiers d
        CROSS JOIN LATERAL (VALUES ('Owner', d.parties -> 'owner'), ('Representative', d.parties -> 'representative')) AS p (part, party)
        WHERE jsonb_typeof(d.parties) = 'object' AND jsonb_typeof(p.party) = 'object'
        ON CONFLICT DO NOTHING
        """;

    /// <summary>The index by which owners and representatives are found by their name.</summary>
    public static void IndexPartyNames(this MigrationBuilder migration) =>
        migration.Sql("CREATE INDEX ix_dossier_people_name ON dossiers.dossier_people USING gin (to_tsvector('simple', search))");

    /// <summary>Writes down the owners and representatives of the dossiers that are there.</summary>
    public static void FillDossierPeople(this MigrationBuilder migration) => migration.Sql(Fill);

    /// <summary>What holders of open dossiers were told before: what is due, or what the receipt promises while the clock stands still.</summary>
    public static void FillToldDueTimes(this MigrationBuilder migration) =>
        migration.Sql(
            """
            UPDATE dossiers.dossiers d SET told_due_at = CASE
                WHEN d.parent_id IS NOT NULL OR EXISTS (SELECT 1 FROM dossiers.dossiers f WHERE f.parent_id = d.id) THEN greatest(d.due_at, d.promised_at)
                ELSE coalesce(d.due_at, d.promised_at) END
            WHERE d.settled_at IS NULL AND coalesce(d.due_at, d.promised_at) IS NOT NULL
            """
        );
}
