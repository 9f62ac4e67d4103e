using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// What carries the filtered lists: for each filter one index over the province and one per centre, in the order of the list, so that a page is read
/// and nothing is sorted, however rare the value is. What is on its way is few among many: its indexes leave out what has been returned.
/// Measured by <c>tests/Pac.Benchmarks lists</c>.
/// </summary>
internal sealed class ListIndexes : IEntityTypeConfiguration<Dossier>
{
    private const string OnItsWay = "status <> 'Returned'";
    private const string Open = "settled_at IS NULL";
    private const string Elsewhere = "return_centre_code IS NOT NULL";
    private const string HandedOver = "handling_agency_code IS NOT NULL";

    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        Newest(d => new
        {
            d.ProcedureCode,
            d.ReceivedAt,
            d.Id,
        });
        Newest(d => new
        {
            d.CentreCode,
            d.ProcedureCode,
            d.ReceivedAt,
            d.Id,
        });
        Newest(d => new
        {
            d.FieldCode,
            d.ReceivedAt,
            d.Id,
        });
        Newest(d => new
        {
            d.CentreCode,
            d.FieldCode,
            d.ReceivedAt,
            d.Id,
        });
        Newest(d => new
        {
            d.CentreCode,
            d.AgencyCode,
            d.ReceivedAt,
            d.Id,
        });
        Newest(
            d => new
            {
                d.AssignedTo,
                d.ReceivedAt,
                d.Id,
            },
            "assigned_to IS NOT NULL"
        );
        Newest(
            d => new
            {
                d.Status,
                d.ReceivedAt,
                d.Id,
            },
            OnItsWay
        );
        Newest(
            d => new
            {
                d.CentreCode,
                d.Status,
                d.ReceivedAt,
                d.Id,
            },
            OnItsWay
        );
        Newest(
            d => new
            {
                d.AgencyCode,
                d.Status,
                d.ReceivedAt,
                d.Id,
            },
            OnItsWay
        );
        MostUrgent(
            d => new
            {
                d.CentreCode,
                d.DueAt,
                d.Id,
            },
            Open
        );
        MostUrgent(
            d => new
            {
                d.AgencyCode,
                d.DueAt,
                d.Id,
            },
            Open
        );

        // The few that are returned, or worked on, somewhere else than usual: the second part of a data scope.
        Newest(
            d => new
            {
                d.ReturnCentreCode,
                d.ProcedureCode,
                d.ReceivedAt,
                d.Id,
            },
            Elsewhere
        );
        Newest(
            d => new
            {
                d.ReturnCentreCode,
                d.FieldCode,
                d.ReceivedAt,
                d.Id,
            },
            Elsewhere
        );
        Newest(
            d => new
            {
                d.ReturnCentreCode,
                d.AgencyCode,
                d.ReceivedAt,
                d.Id,
            },
            Elsewhere
        );
        Newest(
            d => new
            {
                d.ReturnCentreCode,
                d.Status,
                d.ReceivedAt,
                d.Id,
            },
            $"{Elsewhere} AND {OnItsWay}"
        );
        MostUrgent(
            d => new
            {
                d.ReturnCentreCode,
                d.DueAt,
                d.Id,
            },
            $"{Elsewhere} AND {Open}"
        );
        Newest(
            d => new
            {
                d.HandlingAgencyCode,
                d.ProcedureCode,
                d.ReceivedAt,
                d.Id,
            },
            HandedOver
        );
        Newest(
            d => new
            {
                d.HandlingAgencyCode,
                d.Status,
                d.ReceivedAt,
                d.Id,
            },
            $"{HandedOver} AND {OnItsWay}"
        );
        MostUrgent(
            d => new
            {
                d.HandlingAgencyCode,
                d.DueAt,
                d.Id,
            },
            $"{HandedOver} AND {Open}"
        );

        void MostUrgent(Expression<Func<Dossier, object?>> columns, string filter) => builder.HasIndex(columns).HasFilter(filter);

        void Newest(Expression<Func<Dossier, object?>> columns, string? filter = null)
        {
            var index = builder.HasIndex(columns).HasFilter(filter);
            index.IsDescending([.. index.Metadata.Properties.Select(p => p.Name is nameof(Dossier.ReceivedAt) or nameof(Dossier.Id))]);
        }
    }
}
