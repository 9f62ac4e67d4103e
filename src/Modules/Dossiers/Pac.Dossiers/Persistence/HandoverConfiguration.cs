using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierHandoverConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.ReturnAuthorisation).AsJson();
        builder.Property(d => d.ReturnConsignment).HasMaxLength(40);
        builder.Property(d => d.SpecialApproval).AsJson();
    }
}
