using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class FeedbackConfiguration : IEntityTypeConfiguration<Feedback>
{
    public void Configure(EntityTypeBuilder<Feedback> builder)
    {
        builder.ToTable("feedback");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Code).HasMaxLength(40);
        builder.Property(f => f.Text).HasMaxLength(4000);
        builder.Property(f => f.More).HasMaxLength(4000);
        builder.Property(f => f.Sender).AsJson();
        builder.Property(f => f.CentreCode).HasMaxLength(40);
        builder.Property(f => f.AgencyCode).HasMaxLength(40);
        builder.Property(f => f.RepeatOf).HasMaxLength(40);
        builder.Property(f => f.AssignedTo).HasMaxLength(100);
        builder.Property(f => f.CalendarCode).HasMaxLength(40);
        builder.Property(f => f.Times).AsJson();
        builder.Property(f => f.Stops).AsJson();
        builder.Property(f => f.Question).HasMaxLength(2000);
        builder.Property(f => f.Reason).HasMaxLength(2000);
        builder.Property(f => f.LegalBasis).HasMaxLength(300);
        builder.Property(f => f.Answer).HasMaxLength(4000);
        builder.Property(f => f.PublishedText).HasMaxLength(4000);
        builder.Property(f => f.PublishedAnswer).HasMaxLength(4000);
        builder.Property(f => f.Entries).AsJson();
        builder.HasIndex(f => f.Code).IsUnique();
        builder.HasIndex(f => f.DossierId).HasFilter("dossier_id IS NOT NULL");
        builder.HasIndex(f => f.DueAt).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(f => f.SubmittedAt);
        builder.HasIndex(f => f.PublishedAt).HasFilter("published_at IS NOT NULL");
        builder.HasIndex(f => new { f.AssignedTo, f.Id }).IsDescending(false, true).HasFilter("assigned_to IS NOT NULL");
        // What is to be erased once its time has come.
        builder.HasIndex(f => f.Id).HasFilter("erased_at IS NULL AND closed_at IS NOT NULL").HasDatabaseName("ix_feedback_kept");
    }
}

internal sealed class RatingConfiguration : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> builder)
    {
        builder.ToTable("ratings");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.CentreCode).HasMaxLength(40);
        builder.Property(r => r.AgencyCode).HasMaxLength(40);
        builder.Property(r => r.FieldCode).HasMaxLength(40);
        builder.Property(r => r.ProcedureCode).HasMaxLength(40);
        builder.Property(r => r.Answers).AsJson();
        builder.Property(r => r.Comment).HasMaxLength(1000);
        builder.HasIndex(r => r.DossierId).IsUnique();
        builder.HasIndex(r => r.RatedOn);
        // How many there are beside one with a comment.
        builder.HasIndex(r => new
        {
            r.AgencyCode,
            r.FieldCode,
            r.RatedOn,
        });
    }
}

internal sealed class RatingFormConfiguration : IEntityTypeConfiguration<RatingForm>
{
    public void Configure(EntityTypeBuilder<RatingForm> builder)
    {
        builder.ToTable("rating_forms");
        builder.HasKey(f => f.EffectiveFrom);
        builder.Property(f => f.EffectiveFrom).ValueGeneratedNever();
        builder.Property(f => f.Questions).AsJson();
        builder.Property(f => f.Source).HasMaxLength(300);
    }
}

internal sealed class Ratings(DossiersDbContext db) : IRatings
{
    public async Task<RatingForm> FormOn(DateOnly day, CancellationToken ct) =>
        await db.RatingForms.AsNoTracking().Where(f => f.EffectiveFrom <= day).OrderByDescending(f => f.EffectiveFrom).FirstAsync(ct);

    public Task<DateOnly?> LastForm(CancellationToken ct) => db.RatingForms.MaxAsync(f => (DateOnly?)f.EffectiveFrom, ct);

    public Task Save(RatingForm form, CancellationToken ct)
    {
        db.RatingForms.Add(form);
        db.Note(nameof(RatingForm), form.EffectiveFrom.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return db.SaveChangesAsync(ct);
    }

    public Task<Dossier?> DossierWithCode(string code, CancellationToken ct) => db.AllDossiers.FindByCode(code, ct);

    public Task<bool> IsRated(DossierId dossier, CancellationToken ct) => db.Ratings.AnyAsync(r => r.DossierId == dossier, ct);
}

internal sealed class FeedbackBox(DossiersDbContext db) : IFeedbackBox
{
    public Task<Feedback?> WithCode(string code, CancellationToken ct) => db.AllFeedback.FirstOrDefaultAsync(f => f.Code == code, ct);

    public Task Save(CancellationToken ct) => db.SaveChangesAsync(ct);
}
