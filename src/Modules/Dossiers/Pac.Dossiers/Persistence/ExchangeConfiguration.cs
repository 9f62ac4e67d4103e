using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;

namespace Pac.Dossiers.Persistence;

// The database knows the default as well: imports write rows by statement.
internal sealed class StatingConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.StatedBy).HasDefaultValue(StatedBy.Pac).ValueGeneratedNever();
        builder.Property(d => d.Assistance).HasMaxLength(20).HasDefaultValue(Assistance.Unassisted).ValueGeneratedNever();
    }
}

internal sealed class ExchangeMessageConfiguration : IEntityTypeConfiguration<ExchangeMessage>
{
    public void Configure(EntityTypeBuilder<ExchangeMessage> builder)
    {
        builder.ToTable("exchange_messages");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Position).UseIdentityAlwaysColumn();
        builder.Property(m => m.DossierCode).HasMaxLength(60);
        builder.Property(m => m.Answer).HasMaxLength(60);
        builder.Property(m => m.Key).HasMaxLength(64);
        builder.Property(m => m.Plain).HasColumnName("text").HasMaxLength(20_000);
        builder.HasIndex(m => new { m.Partner, m.Key }).IsUnique().HasFilter("key IS NOT NULL");
        builder.HasIndex(m => new { m.DossierId, m.Position });
        builder.HasIndex(m => m.DossierCode).HasFilter("dossier_code IS NOT NULL");
        builder.HasIndex(m => new { m.Partner, m.Position }).IsDescending(false, true);
        builder
            .HasIndex(m => new
            {
                m.Partner,
                m.DossierId,
                m.Position,
            })
            .HasFilter("state = 'Waiting'")
            .HasDatabaseName("ix_exchange_messages_waiting");
        builder
            .HasIndex(m => new { m.Partner, m.NextAttemptAt })
            .HasFilter("state = 'Waiting' AND kind = 'File'")
            .HasDatabaseName("ix_exchange_messages_files");
        builder.HasIndex(m => m.Id).HasFilter("text IS NOT NULL").HasDatabaseName("ix_exchange_messages_to_seal");
    }
}

/// <summary>How far a partner was asked. Written by statement only.</summary>
internal sealed class PullRow
{
    private PullRow() { }

    public ExchangePartner Partner { get; private set; }

    /// <summary>When the last look-up began that came to its end.</summary>
    public DateTimeOffset Since { get; private set; }
}

internal sealed class PullConfiguration : IEntityTypeConfiguration<PullRow>
{
    public void Configure(EntityTypeBuilder<PullRow> builder)
    {
        builder.ToTable("exchange_pulls");
        builder.HasKey(p => p.Partner);
        builder.Property(p => p.Partner).ValueGeneratedNever();
    }
}

internal sealed class ReconciliationDifferenceConfiguration : IEntityTypeConfiguration<ReconciliationDifference>
{
    public void Configure(EntityTypeBuilder<ReconciliationDifference> builder)
    {
        builder.ToTable("reconciliation_differences");
        builder.HasKey(d => new { d.ReconciliationId, d.Number });
        builder.Property(d => d.Code).HasMaxLength(60);
        builder.Property(d => d.Kind).HasMaxLength(20);
    }
}

/// <summary>A file of ours that a partner has. Written by statement only.</summary>
internal sealed class PartnerFileRow
{
    private PartnerFileRow() { }

    public ExchangePartner Partner { get; private set; }

    public Guid FileId { get; private set; }

    /// <summary>What it is called there.</summary>
    public string TheirId { get; private set; } = "";
}

internal sealed class PartnerFileConfiguration : IEntityTypeConfiguration<PartnerFileRow>
{
    public void Configure(EntityTypeBuilder<PartnerFileRow> builder)
    {
        builder.ToTable("exchange_files");
        builder.HasKey(f => new { f.Partner, f.FileId });
        builder.Property(f => f.TheirId).HasMaxLength(SentFile.LongestId);
    }
}

internal sealed class ReconciliationConfiguration : IEntityTypeConfiguration<Reconciliation>
{
    public void Configure(EntityTypeBuilder<Reconciliation> builder)
    {
        builder.ToTable("reconciliations");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Differences).AsJson();
        builder.HasIndex(r => new { r.Partner, r.Id }).IsDescending(false, true);
    }
}

/// <summary>What the exchange needs of a migration beside tables.</summary>
internal static class ExchangeMigrations
{
    /// <summary>Gives the differences that earlier comparisons kept in their report a row of their own.</summary>
    public static void FillReconciliationDifferences(this MigrationBuilder migration) =>
        migration.Sql(
            """
            INSERT INTO dossiers.reconciliation_differences (reconciliation_id, number, code, kind, here, there, stated_by)
            SELECT r.id, d.n, d.item ->> 'code', d.item ->> 'kind', (d.item ->> 'here')::int, (d.item ->> 'there')::int,
                CASE d.item ->> 'statedBy' WHEN 'iGate' THEN 'IGate' ELSE initcap(left(d.item ->> 'statedBy', 1)) || substr(d.item ->> 'statedBy', 2) END
            FROM dossiers.reconciliations r, jsonb_array_elements(r.differences) WITH ORDINALITY AS d (item, n)
            """
        );
}
