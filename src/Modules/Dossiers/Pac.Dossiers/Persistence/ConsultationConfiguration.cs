using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class ConsultationConfiguration : IEntityTypeConfiguration<AgencyConsultation>
{
    public void Configure(EntityTypeBuilder<AgencyConsultation> builder)
    {
        builder.ToTable("consultations");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.DossierCode).HasMaxLength(60);
        builder.Property(c => c.ProcedureCode).HasMaxLength(40);
        builder.Property(c => c.AskedFor).HasMaxLength(40);
        builder.Property(c => c.AgencyCode).HasMaxLength(40);
        builder.Property(c => c.Question).HasMaxLength(2000);
        builder.Property(c => c.AskedBy).HasMaxLength(100);
        builder.Property(c => c.AnsweredBy).HasMaxLength(100);
        builder.Property(c => c.Answer).HasMaxLength(4000);
        builder.Property(c => c.DocumentNumber).HasMaxLength(60);
        builder.Property(c => c.AllottedHours).HasPrecision(9, 3);
        builder.Ignore(c => c.Result);
        builder.Ignore(c => c.IsAwaited);
        builder.HasOne<Dossier>().WithMany().HasForeignKey(c => c.DossierId);
        builder.HasIndex(c => new { c.DossierId, c.Id });
        builder.HasIndex(c => c.DossierCode);
        builder.HasIndex(c => new { c.AgencyCode, c.Id }).IsDescending(false, true);
        builder
            .HasIndex(c => new { c.AgencyCode, c.DueAt })
            .HasFilter("answered_at IS NULL AND withdrawn_at IS NULL")
            .HasDatabaseName("ix_consultations_awaited");
    }
}

internal sealed class ConsultedDossiers(DossiersDbContext db) : IConsultedDossiers
{
    public async Task<Dossier> Of(AgencyConsultation asked, CancellationToken ct) =>
        await db.AllDossiers.FirstAsync(d => d.Id == asked.DossierId, ct);
}
