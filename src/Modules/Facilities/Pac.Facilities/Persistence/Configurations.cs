using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Facilities.Domain;

namespace Pac.Facilities.Persistence;

internal sealed class CentreConfiguration : IEntityTypeConfiguration<Centre>
{
    public void Configure(EntityTypeBuilder<Centre> builder)
    {
        builder.ToTable("centres");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Code).HasMaxLength(40);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.NameEn).HasMaxLength(200);
        builder.Property(c => c.Address).HasMaxLength(300);
        builder.Property(c => c.CalendarCode).HasMaxLength(40);
        builder.HasIndex(c => c.Code).IsUnique();
    }
}

internal sealed class CounterConfiguration : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.ToTable("counters");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CentreCode).HasMaxLength(40);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.HasIndex(c => new { c.CentreCode, c.Number }).IsUnique();
    }
}

internal sealed class CalendarConfiguration : IEntityTypeConfiguration<WorkCalendar>
{
    public void Configure(EntityTypeBuilder<WorkCalendar> builder)
    {
        builder.ToTable("calendars");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Code).HasMaxLength(40);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.HasIndex(c => c.Code).IsUnique();
        builder.HasMany(c => c.Versions).WithOne().HasForeignKey(v => v.CalendarId);
        builder.Navigation(c => c.Versions).HasField("_versions").AutoInclude();
    }
}

internal sealed class CalendarVersionConfiguration : IEntityTypeConfiguration<CalendarVersion>
{
    public void Configure(EntityTypeBuilder<CalendarVersion> builder)
    {
        builder.ToTable("calendar_versions");
        builder.HasKey(v => new { v.CalendarId, v.Number });
        builder.Property(v => v.Number).ValueGeneratedNever();
        builder.Property(v => v.Reason).HasMaxLength(500);
        builder.Property(v => v.Author).HasMaxLength(100);
        builder
            .Property(v => v.Content)
            .HasColumnType("jsonb")
            .HasConversion(
                c => JsonSerializer.Serialize(c, JsonSerializerOptions.Web),
                t => JsonSerializer.Deserialize<CalendarContent>(t, JsonSerializerOptions.Web)!
            );
    }
}

internal sealed class CounterDayConfiguration : IEntityTypeConfiguration<CounterDay>
{
    public void Configure(EntityTypeBuilder<CounterDay> builder)
    {
        builder.ToTable("counter_days");
        builder.HasKey(d => new { d.CounterId, d.Day });
    }
}
