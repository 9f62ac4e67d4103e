using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;

namespace Pac.Dossiers.Persistence;

internal sealed class PublicationConfiguration : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> builder)
    {
        builder.ToTable("publications");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Title).HasMaxLength(200);
        builder.Property(p => p.From).HasColumnName("first_day");
        builder.Property(p => p.To).HasColumnName("last_day");
        builder.Property(p => p.GroupBy).HasMaxLength(100);
        builder.Property(p => p.Scope).HasMaxLength(60);
        builder.Property(p => p.PublishedBy).HasMaxLength(100);
        // Text and not jsonb: what was published stays as it was written.
        builder.Property(p => p.Figures).HasColumnType("text");
        builder.Property(p => p.ProofHash).HasMaxLength(64);
        builder.Property(p => p.ProofFile).AsJson();
        builder.HasIndex(p => new { p.PublishedAt, p.Id }).IsDescending();
    }
}

internal sealed class ReportingRuleConfiguration : IEntityTypeConfiguration<ReportingRule>
{
    public void Configure(EntityTypeBuilder<ReportingRule> builder)
    {
        builder.ToTable("reporting_rules");
        builder.HasKey(r => r.EffectiveFrom);
        builder.Property(r => r.Source).HasMaxLength(300);
    }
}

internal sealed class QualityParameterConfiguration : IEntityTypeConfiguration<QualityParameter>
{
    public void Configure(EntityTypeBuilder<QualityParameter> builder)
    {
        builder.ToTable("quality_parameters");
        builder.HasKey(p => new { p.Index, p.EffectiveFrom });
        builder.Property(p => p.Index).HasColumnName("index_number").HasMaxLength(10);
        builder.Property(p => p.Maximum).HasPrecision(6, 2);
        builder.Property(p => p.Target).HasPrecision(5, 2);
        builder.Property(p => p.Source).HasMaxLength(300);
    }
}

internal sealed class PausedDossierIndex : IEntityTypeConfiguration<Dossier>
{
    public const string Paused = """clock @? '$.segments[*] ? (@.state == "waitingForCitizen")'""";

    // Few dossiers ever wait for a supplement; definition 766 judges them one by one.
    public void Configure(EntityTypeBuilder<Dossier> builder) =>
        builder.HasIndex(d => new { d.ReceivedAt }).HasFilter(Paused).HasDatabaseName("ix_dossiers_paused");
}
