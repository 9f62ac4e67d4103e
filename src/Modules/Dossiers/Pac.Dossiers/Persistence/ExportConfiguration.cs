using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierExportConfiguration : IEntityTypeConfiguration<DossierExport>
{
    public void Configure(EntityTypeBuilder<DossierExport> builder)
    {
        builder.ToTable("dossier_exports");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.RequestedBy).HasMaxLength(100);
        builder.Property(e => e.Scope).HasMaxLength(80);
        builder.Property(e => e.Filter).AsJson();
        builder.Property(e => e.File).AsJson();
        builder.HasIndex(e => new { e.RequestedBy, e.Id });
    }
}
