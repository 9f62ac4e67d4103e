using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class CounterAnswerConfiguration : IEntityTypeConfiguration<CounterAnswer>
{
    public void Configure(EntityTypeBuilder<CounterAnswer> builder)
    {
        builder.ToTable("counter_answers");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Serial).UseIdentityAlwaysColumn();
        builder.Property(a => a.CentreCode).HasMaxLength(40);
        builder.Property(a => a.AgencyCode).HasMaxLength(40);
        builder.Property(a => a.ProcedureCode).HasMaxLength(40);
        builder.Property(a => a.VariantCode).HasMaxLength(40);
        builder.Property(a => a.FieldCode).HasMaxLength(40);
        builder.Property(a => a.Person).AsJson();
        builder.Property(a => a.Lacking).AsJson();
        builder.Property(a => a.Reason).HasMaxLength(500);
        builder.Property(a => a.LegalBasis).HasMaxLength(300);
        builder.Property(a => a.AnsweredBy).HasMaxLength(100);
        builder.Ignore(a => a.Number);
        builder.HasIndex(a => a.Serial).IsUnique();
        builder.HasIndex(a => new { a.CentreCode, a.Id }).IsDescending(false, true);
        builder.HasIndex(a => new { a.AgencyCode, a.Id }).IsDescending(false, true);
        builder.HasIndex(a => new { a.PersonIndex, a.ProcedureCode }).HasFilter("person_index IS NOT NULL");
        // What figures are counted from, and what is to be erased.
        builder.HasIndex(a => a.AnsweredAt);
        builder.HasIndex(a => a.Id).HasFilter("erased_at IS NULL").HasDatabaseName("ix_counter_answers_kept");
    }
}
