using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pac.BuildingBlocks.Auditing;

/// <summary>
/// One link of the chain over a module's audit trail: SHA-256 over the link before and the entry's written line. An entry that is changed, removed or
/// slipped in breaks the chain. Entries are sealed within seconds after their transaction, so that acts never wait for one another.
/// </summary>
public sealed class AuditSeal
{
    private AuditSeal() { }

    /// <summary>Number of the link, without gaps.</summary>
    public long Number { get; private set; }

    /// <summary>The entry sealed, by its <see cref="AuditEntry.Seq"/>.</summary>
    public long EntrySeq { get; private set; }

    /// <summary>The link, 32 bytes.</summary>
    public byte[] Hash { get; private set; } = [];
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seals");
        builder.HasKey(s => s.Number);
        builder.Property(s => s.Number).ValueGeneratedNever();
        builder.HasIndex(s => s.EntrySeq).IsUnique();
        builder.Property(s => s.Hash).HasMaxLength(32);
    }
}
