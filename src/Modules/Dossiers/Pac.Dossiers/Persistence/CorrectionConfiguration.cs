using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierCorrectionConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.SecondSupplement).AsJson();
        builder.Property(d => d.Correction).AsJson();
        builder.Property(d => d.Check).AsJson().HasColumnName("eligibility_check");
        builder.Property(d => d.AwaitsTelling).HasDefaultValue(false);
    }
}
