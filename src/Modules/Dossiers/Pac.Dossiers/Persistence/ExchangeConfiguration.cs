using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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
