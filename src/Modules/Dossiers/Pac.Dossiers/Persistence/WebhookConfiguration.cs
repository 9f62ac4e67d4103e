using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class RecordedEventConfiguration : IEntityTypeConfiguration<RecordedEvent>
{
    public void Configure(EntityTypeBuilder<RecordedEvent> builder)
    {
        builder.ToTable("events");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Seq).UseIdentityAlwaysColumn();
        builder.Property(e => e.Act).HasMaxLength(40);
        builder.Property(e => e.Code).HasMaxLength(60);
        builder.Property(e => e.ProcedureCode).HasMaxLength(40);
        builder.Property(e => e.CentreCode).HasMaxLength(40);
        builder.Property(e => e.AgencyCode).HasMaxLength(40);
        // Of what earlier versions wrote down it is not known; they asked when it was put in line.
        builder.Property(e => e.StatedBy).HasDefaultValue(StatedBy.Pac).ValueGeneratedNever();
        builder.HasIndex(e => new { e.DossierId, e.Seq }).HasFilter("fanned_out_at IS NULL").HasDatabaseName("ix_events_waiting");
        builder.HasIndex(e => new { e.OccurredAt, e.Seq });
    }
}

internal sealed class WebhookSubscriptionConfiguration : IEntityTypeConfiguration<WebhookSubscription>
{
    public void Configure(EntityTypeBuilder<WebhookSubscription> builder)
    {
        builder.ToTable("webhook_subscriptions");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.Url).HasMaxLength(500);
        builder.Property(s => s.EventTypes).AsJson();
        builder.Property(s => s.Scope).HasMaxLength(80);
        builder.Property(s => s.OwnerSubject).HasMaxLength(100);
        builder.Property(s => s.OwnerClientId).HasMaxLength(100);
        builder.Property(s => s.Secrets).AsJson();
        builder.HasIndex(s => new { s.OwnerSubject, s.Id });
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Position).UseIdentityAlwaysColumn();
        builder.Property(d => d.Type).HasMaxLength(60);
        builder.Property(d => d.LastError).HasMaxLength(40);
        builder.HasOne<WebhookSubscription>().WithMany().HasForeignKey(d => d.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.SubscriptionId, d.Position }).IsDescending(false, true);
        builder
            .HasIndex(d => new
            {
                d.SubscriptionId,
                d.NextAttemptAt,
                d.Position,
            })
            .HasFilter("state = 'Waiting'")
            .HasDatabaseName("ix_webhook_deliveries_due");
        builder
            .HasIndex(d => new
            {
                d.SubscriptionId,
                d.DossierId,
                d.Position,
            })
            .HasFilter("state = 'Waiting'")
            .HasDatabaseName("ix_webhook_deliveries_order");
        builder.HasIndex(d => d.EventId);
    }
}

internal sealed class WebhookPauseConfiguration : IEntityTypeConfiguration<WebhookPause>
{
    public void Configure(EntityTypeBuilder<WebhookPause> builder)
    {
        builder.ToTable("webhook_pauses");
        builder.HasKey(p => p.SubscriptionId);
        builder.HasOne<WebhookSubscription>().WithMany().HasForeignKey(p => p.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
    }
}
