using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class RetentionRuleConfiguration : IEntityTypeConfiguration<RetentionRule>
{
    public void Configure(EntityTypeBuilder<RetentionRule> builder)
    {
        builder.ToTable("retention_rules");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.ProcedureCode).HasMaxLength(40);
        builder.Property(r => r.FieldCode).HasMaxLength(40);
        builder.Property(r => r.Source).HasMaxLength(300);
        builder
            .HasIndex(r => new
            {
                r.ProcedureCode,
                r.FieldCode,
                r.EffectiveFrom,
            })
            .IsUnique()
            .AreNullsDistinct(false);
    }
}

internal sealed class RetentionEntryConfiguration : IEntityTypeConfiguration<RetentionEntry>
{
    public void Configure(EntityTypeBuilder<RetentionEntry> builder)
    {
        builder.ToTable("retention");
        builder.HasKey(r => r.DossierId);
        builder.Property(r => r.DossierId).ValueGeneratedNever();
        builder.HasOne<RetentionRule>().WithMany().HasForeignKey(r => r.RuleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(r => r.EraseOn).HasFilter("erased_at IS NULL AND erase_on IS NOT NULL");
        builder.HasIndex(r => r.RuleId);
    }
}

internal sealed class LegalHoldConfiguration : IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.ToTable("legal_holds");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Reason).HasMaxLength(500);
        builder.Property(h => h.SetBy).HasMaxLength(100);
        builder.Property(h => h.EndedBy).HasMaxLength(100);
        builder.HasIndex(h => h.DossierId).IsUnique().HasFilter("ended_at IS NULL");
    }
}

internal sealed class Retention(DossiersDbContext db) : IRetention
{
    public Task<DateOnly?> LastRule(string? procedureCode, string? fieldCode, CancellationToken ct) =>
        db
            .RetentionRules.Where(r => r.ProcedureCode == procedureCode && r.FieldCode == fieldCode)
            .MaxAsync(r => (DateOnly?)r.EffectiveFrom, ct);
}
