using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class ProcedureDraftConfiguration : IEntityTypeConfiguration<ProcedureDraft>
{
    public void Configure(EntityTypeBuilder<ProcedureDraft> builder)
    {
        builder.ToTable("procedure_drafts");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Code).HasMaxLength(40);
        builder.Property(d => d.FieldCode).HasMaxLength(40);
        builder.Property(d => d.Content).AsJson();
        builder.Property(d => d.ChangedBy).HasMaxLength(100);
        builder.HasIndex(d => d.Code).IsUnique();
    }
}

internal sealed class LegalBasisConfiguration : IEntityTypeConfiguration<LegalBasis>
{
    public void Configure(EntityTypeBuilder<LegalBasis> builder)
    {
        builder.ToTable("legal_bases");
        builder.HasKey(b => b.Id);
        builder.Property(b => b.Id).HasMaxLength(60);
        builder.Property(b => b.Number).HasMaxLength(100);
        builder.Property(b => b.Name).HasMaxLength(300);
        builder.Property(b => b.NameEn).HasMaxLength(300);
        builder.Property(b => b.Amends).AsJson();
    }
}

internal sealed class WorkflowTemplateConfiguration : IEntityTypeConfiguration<WorkflowTemplate>
{
    public void Configure(EntityTypeBuilder<WorkflowTemplate> builder)
    {
        builder.ToTable("workflow_templates");
        builder.HasKey(t => t.Code);
        builder.Property(t => t.Code).HasMaxLength(40);
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.Property(t => t.NameEn).HasMaxLength(200);
        builder.Property(t => t.Steps).AsJson();
        builder.Property(t => t.Source).HasMaxLength(300);
    }
}
