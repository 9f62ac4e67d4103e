using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Persistence;

/// <summary>A piece of an upload. Written by statement only.</summary>
internal sealed class PieceRow
{
    private PieceRow() { }

    public UploadId UploadId { get; private set; }

    public long Start { get; private set; }

    public int Length { get; private set; }

    public string Key { get; private set; } = "";
}

/// <summary>Bytes that are in the store. Written by statement only.</summary>
internal sealed class ContentRow
{
    private ContentRow() { }

    public string Sha256 { get; private set; } = "";

    public long Size { get; private set; }

    /// <summary>Since when perhaps no document refers to it; null while one surely does.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }
}

internal sealed class DossierFileConfiguration : IEntityTypeConfiguration<DossierFile>
{
    public void Configure(EntityTypeBuilder<DossierFile> builder)
    {
        builder.ToTable("files");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.ComponentCode).HasMaxLength(40);
        builder.Property(f => f.Name).HasMaxLength(FileTypes.LongestName);
        builder.Property(f => f.MediaType).HasMaxLength(100);
        builder.Property(f => f.Sha256).HasMaxLength(64).IsFixedLength();
        builder.Property(f => f.Authorisation).HasMaxLength(200);
        builder.Property(f => f.SharedStore).HasMaxLength(100);
        builder.Property(f => f.SharedReference).HasMaxLength(100);
        builder.Property(f => f.ReplacedResultNumber).HasMaxLength(60);
        builder.Property(f => f.Signature).AsJson();
        builder.Property(f => f.AddedBy).HasMaxLength(100);
        builder.Property(f => f.RemovedBy).HasMaxLength(100);
        builder.Property(f => f.RemovalReason).HasMaxLength(500);
        builder.HasIndex(f => new { f.DossierId, f.Id }).HasFilter("removed_at IS NULL");
        builder.HasIndex(f => f.Sha256).HasFilter("removed_at IS NULL");
    }
}

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("uploads");
        builder.HasKey(u => u.Id);
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.FileName).HasMaxLength(FileTypes.LongestName);
        builder.Property(u => u.MediaType).HasMaxLength(100);
        builder.Property(u => u.Sha256).HasMaxLength(64).IsFixedLength();
        builder.Property(u => u.Facts).AsJson();
        builder.Property(u => u.Finding).HasMaxLength(60);
        builder.Property(u => u.CreatedBy).HasMaxLength(100);
        builder.Property(u => u.Version).IsRowVersion();
        builder.HasIndex(u => u.TouchedAt);
    }
}

internal sealed class PieceConfiguration : IEntityTypeConfiguration<PieceRow>
{
    public void Configure(EntityTypeBuilder<PieceRow> builder)
    {
        builder.ToTable("upload_pieces");
        builder.HasKey(p => new { p.UploadId, p.Start });
        builder.Property(p => p.Key).HasMaxLength(120);
        builder.HasOne<Upload>().WithMany().HasForeignKey(p => p.UploadId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ContentConfiguration : IEntityTypeConfiguration<ContentRow>
{
    public void Configure(EntityTypeBuilder<ContentRow> builder)
    {
        builder.ToTable("contents");
        builder.HasKey(c => c.Sha256);
        builder.Property(c => c.Sha256).HasMaxLength(64).IsFixedLength();
        builder.HasIndex(c => c.ReleasedAt).HasFilter("released_at IS NOT NULL");
    }
}
