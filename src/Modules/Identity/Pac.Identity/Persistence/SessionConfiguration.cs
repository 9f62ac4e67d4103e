using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Identity.Domain;

namespace Pac.Identity.Persistence;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions").HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Address).HasMaxLength(64);
        builder.Property(s => s.Device).HasMaxLength(120);
        builder.Property(s => s.Amr).HasMaxLength(60);
        builder.Property(s => s.EndReason).HasMaxLength(40);
        builder.HasIndex(s => new { s.UserId, s.StartedAt });
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId);
    }
}

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices").HasKey(d => new { d.UserId, d.BrowserId });
        builder.Property(d => d.Name).HasMaxLength(120);
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId);
    }
}

internal sealed class ThrottleConfiguration : IEntityTypeConfiguration<Throttle>
{
    public void Configure(EntityTypeBuilder<Throttle> builder)
    {
        builder.ToTable("throttles").HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(160);
        builder.HasIndex(t => t.LastAt);
    }
}

internal sealed class AuthenticatorConfiguration : IEntityTypeConfiguration<Authenticator>
{
    public void Configure(EntityTypeBuilder<Authenticator> builder)
    {
        builder.ToTable("authenticators").HasKey(a => a.UserId);
        builder.Property(a => a.Secret).HasMaxLength(600);
        builder.Property(a => a.Pending).HasMaxLength(600);
        builder.HasOne<User>().WithOne().HasForeignKey<Authenticator>(a => a.UserId);
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes").HasKey(c => new { c.UserId, c.Hash });
        builder.Property(c => c.Hash).HasMaxLength(32);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId);
    }
}
