using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>What the work queues need: an index over what is open for each kind of data scope, and one over the results that wait.</summary>
internal sealed class DossierQueueConfiguration : IEntityTypeConfiguration<Dossier>
{
    private const string IsOpen = "settled_at IS NULL";
    private const string Waits = "delivery = 'Ready'";

    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder
            .HasIndex(d => new { d.WorkDueAt, d.Id }, "ix_dossiers_open_work")
            .HasDatabaseName("ix_dossiers_open_work")
            .HasFilter(IsOpen);
        builder
            .HasIndex(
                d => new
                {
                    d.CentreCode,
                    d.WorkDueAt,
                    d.Id,
                },
                "ix_dossiers_open_centre"
            )
            .HasDatabaseName("ix_dossiers_open_centre")
            .HasFilter(IsOpen);
        builder
            .HasIndex(
                d => new
                {
                    d.ReturnCentreCode,
                    d.WorkDueAt,
                    d.Id,
                },
                "ix_dossiers_open_return"
            )
            .HasDatabaseName("ix_dossiers_open_return")
            .HasFilter($"{IsOpen} AND return_centre_code IS NOT NULL");
        builder
            .HasIndex(
                d => new
                {
                    d.AgencyCode,
                    d.WorkDueAt,
                    d.Id,
                },
                "ix_dossiers_open_agency"
            )
            .HasDatabaseName("ix_dossiers_open_agency")
            .HasFilter(IsOpen);
        builder
            .HasIndex(
                d => new
                {
                    d.HandlingAgencyCode,
                    d.WorkDueAt,
                    d.Id,
                },
                "ix_dossiers_open_handling"
            )
            .HasDatabaseName("ix_dossiers_open_handling")
            .HasFilter($"{IsOpen} AND handling_agency_code IS NOT NULL");
        builder
            .HasIndex(
                d => new
                {
                    d.AssignedTo,
                    d.WorkDueAt,
                    d.Id,
                },
                "ix_dossiers_open_officer"
            )
            .HasDatabaseName("ix_dossiers_open_officer")
            .HasFilter($"{IsOpen} AND assigned_to IS NOT NULL");
        builder
            .HasIndex(d => new { d.WorkDueAt, d.Id }, "ix_dossiers_waiting_result")
            .HasDatabaseName("ix_dossiers_waiting_result")
            .HasFilter(Waits);
    }
}
