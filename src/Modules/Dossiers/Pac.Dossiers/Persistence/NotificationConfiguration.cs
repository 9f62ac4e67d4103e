using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Persistence;

internal sealed class WishConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder) => builder.Property(d => d.Wish).AsJson();
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Position).UseIdentityAlwaysColumn();
        builder.Property(n => n.Facts).AsJson();
        builder.Property(n => n.LastError).HasMaxLength(60);
        builder.Property(n => n.Receipt).HasMaxLength(100);
        builder.Property(n => n.DeliveryError).HasMaxLength(60);
        // By which the gateway names a message when it knows no key of ours.
        builder.HasIndex(n => new { n.Channel, n.Receipt }).HasFilter("receipt IS NOT NULL");
        builder.Property(n => n.Address).HasMaxLength(200);
        builder.Property(n => n.Text).HasColumnType("text");
        // One message for each act, recipient and channel, whatever is tried again.
        builder
            .HasIndex(n => new
            {
                n.DossierId,
                n.Revision,
                n.Kind,
                n.Channel,
            })
            .IsUnique()
            .HasFilter("dossier_id IS NOT NULL");
        builder
            .HasIndex(n => new
            {
                n.FeedbackId,
                n.Revision,
                n.Kind,
                n.Channel,
            })
            .IsUnique()
            .HasFilter("feedback_id IS NOT NULL");
        builder
            .HasIndex(n => new
            {
                n.Channel,
                n.NextAttemptAt,
                n.Position,
            })
            .HasFilter("state = 'Waiting'")
            .HasDatabaseName("ix_notifications_due");
        builder
            .HasIndex(n => new
            {
                n.DossierId,
                n.Channel,
                n.Position,
            })
            .HasFilter("state = 'Waiting'")
            .HasDatabaseName("ix_notifications_order");
        builder.HasIndex(n => new { n.State, n.Position }).IsDescending(false, true);
        builder.HasIndex(n => n.Position).IsDescending();
    }
}

internal sealed class NotificationTemplateConfiguration : IEntityTypeConfiguration<NotificationTemplate>
{
    public void Configure(EntityTypeBuilder<NotificationTemplate> builder)
    {
        builder.ToTable("notification_templates");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Subject).HasMaxLength(200);
        builder.Property(t => t.Body).HasMaxLength(4000);
        builder.Property(t => t.ProviderTemplate).HasMaxLength(60);
        builder
            .HasIndex(t => new
            {
                t.Kind,
                t.Channel,
                t.Language,
                t.EffectiveFrom,
            })
            .IsUnique();
    }
}
