using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

/// <summary>How values are kept as JSON in the database. The shape is data: members are added, never renamed.</summary>
internal static class Stored
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new WholeMicroseconds() },
    };

    /// <summary>An immutable value in a jsonb column; replaced as a whole, so that reference equality tells a change.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                v => JsonSerializer.Serialize(v, Options),
                t => JsonSerializer.Deserialize<T>(t, Options)!,
                new ValueComparer<T>((a, b) => ReferenceEquals(a, b), v => v == null ? 0 : v.GetHashCode(), v => v)
            );
}

/// <summary>Instants as columns keep them, so that one in a column and one in a value are the same one; what was written more finely before reads so too.</summary>
internal sealed class WholeMicroseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToMicroseconds();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToMicroseconds());
}

internal sealed class DossierConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.ToTable("dossiers");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Code).HasMaxLength(60);
        builder.Property(d => d.ProcedureCode).HasMaxLength(40);
        builder.Property(d => d.FieldCode).HasMaxLength(40);
        builder.Property(d => d.CentreCode).HasMaxLength(40);
        builder.Property(d => d.AgencyCode).HasMaxLength(40);
        builder.ComplexProperty(
            d => d.Applicant,
            a =>
            {
                a.Property(x => x.Kind).HasColumnName("applicant_kind");
                a.Property(x => x.Name).HasColumnName("applicant_name").HasMaxLength(200);
                a.Property(x => x.Search).HasColumnName("applicant_search").HasColumnType("text");
                a.Property(x => x.IdentityNumber).HasColumnName("applicant_identity_number").HasMaxLength(20);
                a.Property(x => x.IdentitySealed).HasColumnName("applicant_identity_sealed");
                a.Property(x => x.IdentityIndex).HasColumnName("applicant_identity_index");
                a.Property(x => x.Phone).HasColumnName("applicant_phone").HasMaxLength(20);
                a.Property(x => x.Email).HasColumnName("applicant_email").HasMaxLength(200);
                a.Property(x => x.Address).HasColumnName("applicant_address").HasMaxLength(300);
            }
        );
        builder.Property(d => d.Parties).AsJson();
        builder.Property(d => d.DuplicateVerdicts).AsJson();
        builder.Property(d => d.Components).AsJson();
        builder.Property(d => d.Clock).AsJson();
        builder.Property(d => d.Steps).AsJson();
        builder.Property(d => d.Result).AsJson();
        builder.Property(d => d.VariantCode).HasMaxLength(40);
        builder.Property(d => d.PersonGroup).HasMaxLength(40);
        builder.Property(d => d.Copies).HasDefaultValue(1).ValueGeneratedNever();
        builder.Property(d => d.FeesDue).AsJson().HasDefaultValueSql("'[]'::jsonb").ValueGeneratedNever();
        builder.Property(d => d.CalendarCode).HasMaxLength(40);
        builder.Property(d => d.AssignedTo).HasMaxLength(100);
        builder.Property(d => d.ReturnedTo).HasMaxLength(200);
        builder.Property(d => d.LateCause).HasMaxLength(500);
        builder.Property(d => d.LateCauseHash).HasMaxLength(CauseHash.Length);
        builder.Property(d => d.Source).HasMaxLength(40);
        builder.Property(d => d.SourceId).HasMaxLength(100);
        builder.HasIndex(d => d.Code).IsUnique();
        builder.HasIndex(d => new { d.Source, d.SourceId }).IsUnique().HasFilter("source IS NOT NULL");
        builder.HasIndex(d => new { d.ReceivedAt, d.Id }).IsDescending();
        builder
            .HasIndex(d => new
            {
                d.CentreCode,
                d.ReceivedAt,
                d.Id,
            })
            .IsDescending(false, true, true);
        builder
            .HasIndex(d => new
            {
                d.AgencyCode,
                d.ReceivedAt,
                d.Id,
            })
            .IsDescending(false, true, true);
        builder.HasIndex(d => new { d.DueAt, d.Id }).HasFilter("settled_at IS NULL").HasDatabaseName("ix_dossiers_open_due");
        builder.HasIndex(d => new { d.SettledAt, d.Id }).HasFilter("settled_at > due_at").HasDatabaseName("ix_dossiers_late");
    }
}

internal sealed class TimelineConfiguration : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("timeline");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Act).HasMaxLength(40);
        builder.Property(t => t.Subject).HasMaxLength(100);
        builder.Property(t => t.Detail).HasMaxLength(300);
        builder.HasIndex(t => new { t.DossierId, t.Id });
    }
}

internal sealed class AccessConfiguration : IEntityTypeConfiguration<AccessEntry>
{
    public void Configure(EntityTypeBuilder<AccessEntry> builder)
    {
        builder.ToTable("access_log");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Subject).HasMaxLength(100);
        builder.Property(t => t.ClientId).HasMaxLength(100);
        builder.Property(t => t.Purpose).HasMaxLength(40);
        builder.HasIndex(t => new { t.DossierId, t.Id });
        builder.HasIndex(t => new { t.Subject, t.Id });
    }
}

internal sealed class SummaryConfiguration : IEntityTypeConfiguration<Summary>
{
    public void Configure(EntityTypeBuilder<Summary> builder)
    {
        builder.ToTable("summaries");
        builder.HasKey(s => new
        {
            s.Grain,
            s.Period,
            s.CentreCode,
            s.AgencyCode,
            s.FieldCode,
            s.ProcedureCode,
            s.Channel,
            s.Assistance,
        });
        // Statements may leave both out.
        builder.Property(s => s.Assistance).HasMaxLength(20).HasDefaultValue(Assistance.Unassisted).ValueGeneratedNever();
        builder.Property(s => s.Rejected).HasDefaultValue(0).ValueGeneratedNever();
        builder.Property(s => s.Grain).HasMaxLength(1);
        builder.Property(s => s.CentreCode).HasMaxLength(40);
        builder.Property(s => s.AgencyCode).HasMaxLength(40);
        builder.Property(s => s.FieldCode).HasMaxLength(40);
        builder.Property(s => s.ProcedureCode).HasMaxLength(40);
    }
}

internal sealed class FieldConfiguration : IEntityTypeConfiguration<Field>
{
    public void Configure(EntityTypeBuilder<Field> builder)
    {
        builder.ToTable("fields");
        builder.HasKey(f => f.Code);
        builder.Property(f => f.Code).HasMaxLength(40);
        builder.Property(f => f.Name).HasMaxLength(200);
        builder.Property(f => f.NameEn).HasMaxLength(200);
    }
}

internal sealed class AgencyConfiguration : IEntityTypeConfiguration<Agency>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("agencies");
        builder.HasKey(a => a.Code);
        builder.Property(a => a.Code).HasMaxLength(40);
        builder.Property(a => a.Name).HasMaxLength(200);
        builder.Property(a => a.NameEn).HasMaxLength(200);
        builder.Property(a => a.ParentCode).HasMaxLength(40);
        builder.Property(a => a.FoundingDecision).HasMaxLength(300);
        builder.Property(a => a.EndDecision).HasMaxLength(300);
        builder.Property(a => a.SuccessorCode).HasMaxLength(40);
        builder.Ignore(a => a.Text);
    }
}

internal sealed class ProcedureConfiguration : IEntityTypeConfiguration<Procedure>
{
    public void Configure(EntityTypeBuilder<Procedure> builder)
    {
        builder.ToTable("procedures");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Code).HasMaxLength(40);
        builder.Property(p => p.FieldCode).HasMaxLength(40);
        builder.Property(p => p.Name).HasMaxLength(300);
        builder.Property(p => p.NameEn).HasMaxLength(300);
        builder.Property(p => p.AgencyCode).HasMaxLength(40);
        builder.Property(p => p.Search).HasMaxLength(2000);
        builder.Property(p => p.EndDecision).HasMaxLength(300);
        builder.Property(p => p.SuccessorCode).HasMaxLength(40);
        builder.HasIndex(p => p.Code).IsUnique();
        builder.HasMany(p => p.Versions).WithOne().HasForeignKey(v => v.ProcedureId);
        builder.Navigation(p => p.Versions).HasField("_versions").AutoInclude();
    }
}

internal sealed class ProcedureVersionConfiguration : IEntityTypeConfiguration<ProcedureVersion>
{
    public void Configure(EntityTypeBuilder<ProcedureVersion> builder)
    {
        builder.ToTable("procedure_versions");
        builder.HasKey(v => new { v.ProcedureId, v.Number });
        builder.Property(v => v.Number).ValueGeneratedNever();
        builder.Property(v => v.Decision).HasMaxLength(300);
        builder.Property(v => v.Content).AsJson();
    }
}
