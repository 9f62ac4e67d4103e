using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>When a dossier has to be looked at for escalations. One row for each that has not ended; written by statement only.</summary>
internal sealed class EscalationLook
{
    private EscalationLook() { }

    public DossierId DossierId { get; private set; }

    /// <summary>Since when it is looked at.</summary>
    public DateTimeOffset KnownSince { get; private set; }

    /// <summary>When to look again; null until something changes.</summary>
    public DateTimeOffset? LookAt { get; private set; }

    /// <summary>Acts on the dossier that were known at the last look; -1 before the first.</summary>
    public int Revision { get; private set; }
}

internal sealed class EscalationConfiguration : IEntityTypeConfiguration<Escalation>
{
    public void Configure(EntityTypeBuilder<Escalation> builder)
    {
        builder.ToTable("escalations");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.DossierCode).HasMaxLength(60);
        builder.Property(e => e.Recipient).HasMaxLength(100);
        builder.Property(e => e.RaisedBy).HasMaxLength(100);
        builder.Property(e => e.Message).HasMaxLength(200);
        builder.Property(e => e.Answer).HasMaxLength(200);
        // Once for each person, dossier, end of a term, level and repetition, whatever hosts there are.
        builder
            .HasIndex(e => new
            {
                e.DossierId,
                e.Term,
                e.TermDueAt,
                e.Level,
                e.Round,
                e.Recipient,
            })
            .IsUnique()
            .HasFilter("term <> 'Press'")
            .HasDatabaseName("ix_escalations_once");
        builder.HasIndex(e => new { e.Recipient, e.Id });
        builder.HasIndex(e => new { e.DossierId, e.Id });
    }
}

internal sealed class EscalationRuleConfiguration : IEntityTypeConfiguration<EscalationRule>
{
    public void Configure(EntityTypeBuilder<EscalationRule> builder)
    {
        builder.ToTable("escalation_rules");
        builder.HasKey(r => new { r.Code, r.EffectiveFrom });
        builder.Property(r => r.Code).HasMaxLength(40);
        builder.Property(r => r.Value).HasPrecision(9, 3);
        builder.Property(r => r.Basis).HasMaxLength(300);
    }
}

internal sealed class EscalationLookConfiguration : IEntityTypeConfiguration<EscalationLook>
{
    public void Configure(EntityTypeBuilder<EscalationLook> builder)
    {
        builder.ToTable("escalation_looks");
        builder.HasKey(l => l.DossierId);
        builder.Property(l => l.DossierId).ValueGeneratedNever();
        builder.HasIndex(l => l.LookAt);
    }
}
