using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class ClockReplayConfiguration : IEntityTypeConfiguration<ClockReplay>
{
    public void Configure(EntityTypeBuilder<ClockReplay> builder)
    {
        builder.ToTable("clock_replays");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.CalendarCode).HasMaxLength(40);
        builder.Property(r => r.Reason).HasMaxLength(ClockReplay.LongestReason);
        builder.HasIndex(r => new { r.CalendarCode, r.CalendarVersion }).IsUnique();
    }
}

internal sealed class ClockMoveConfiguration : IEntityTypeConfiguration<ClockMove>
{
    public void Configure(EntityTypeBuilder<ClockMove> builder)
    {
        builder.ToTable("clock_moves");
        builder.HasKey(m => new
        {
            m.ReplayId,
            m.DossierId,
            m.Which,
        });
        builder.Property(m => m.Which).HasMaxLength(60);
        builder.Property(m => m.Officer).HasMaxLength(100);
    }
}

/// <summary>By which a replay finds what is open, in the order in which it goes on after a crash.</summary>
internal sealed class DossierReplayConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder) =>
        builder
            .HasIndex(d => new { d.CalendarCode, d.Id }, "ix_dossiers_open_calendar")
            .HasDatabaseName("ix_dossiers_open_calendar")
            .HasFilter("settled_at IS NULL");
}
