using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>What the life of a dossier adds to its table.</summary>
internal sealed class DossierLifeConfiguration : IEntityTypeConfiguration<Dossier>
{
    private const string None = "'[]'";

    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.PortalCode).HasMaxLength(60);
        builder.Property(d => d.AssistedCentreCode).HasMaxLength(40);
        builder.Property(d => d.ReturnCentreCode).HasMaxLength(40);
        builder.Property(d => d.ServedByReturnCentre).HasDefaultValue(false);
        builder.Ignore(d => d.ServingCentre);
        builder.Property(d => d.HandlingAgencyCode).HasMaxLength(40);
        builder.Property(d => d.Payment).HasDefaultValue(PaymentStatus.None);
        builder.Property(d => d.Delivery).HasDefaultValue(DeliveryStatus.None);
        builder.Property(d => d.Sync).HasDefaultValue(SyncStatus.Pending);
        builder.Property(d => d.Supplements).AsJson().HasDefaultValueSql(None);
        builder.Property(d => d.Payments).AsJson().HasDefaultValueSql(None);
        builder.Property(d => d.Turns).AsJson().HasDefaultValueSql(None);
        builder.Property(d => d.Intake).AsJson();
        builder.Property(d => d.Extension).AsJson();
        builder.Property(d => d.Withdrawal).AsJson();
        builder.Property(d => d.Closing).AsJson();
        builder.HasIndex(d => d.PortalCode).IsUnique().HasFilter("portal_code IS NOT NULL");
        builder.HasIndex(d => d.WatchAt).HasFilter("watch_at IS NOT NULL");
        builder.HasIndex(d => d.ParentId).HasFilter("parent_id IS NOT NULL");
        builder
            .HasIndex(d => new
            {
                d.ReturnCentreCode,
                d.ReceivedAt,
                d.Id,
            })
            .IsDescending(false, true, true)
            .HasFilter("return_centre_code IS NOT NULL");
        builder
            .HasIndex(d => new
            {
                d.HandlingAgencyCode,
                d.ReceivedAt,
                d.Id,
            })
            .IsDescending(false, true, true)
            .HasFilter("handling_agency_code IS NOT NULL");
    }
}

internal sealed class LegalTermConfiguration : IEntityTypeConfiguration<LegalTerm>
{
    public void Configure(EntityTypeBuilder<LegalTerm> builder)
    {
        builder.ToTable("legal_terms");
        builder.HasKey(t => new
        {
            t.Code,
            t.FieldCode,
            t.EffectiveFrom,
        });
        builder.Property(t => t.FieldCode).HasMaxLength(40).HasDefaultValue("").ValueGeneratedNever();
        builder.Property(t => t.ConfirmedBy).HasMaxLength(100);
        builder.Property(t => t.Code).HasMaxLength(40);
        builder.Property(t => t.Value).HasPrecision(9, 3);
        builder.Property(t => t.Name).HasMaxLength(300);
        builder.Property(t => t.NameEn).HasMaxLength(300);
        builder.Property(t => t.Basis).HasMaxLength(300);
    }
}
