using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pac.Dossiers.Persistence;

/// <summary>The last serial number of an agency on a day. Written by statement only.</summary>
internal sealed class NumberRow
{
    private NumberRow() { }

    public string AgencyCode { get; private set; } = "";

    public DateOnly Day { get; private set; }

    public int Last { get; private set; }
}

/// <summary>The newest version of a calendar that this module has computed with; fed by <c>CalendarChanged</c>.</summary>
internal sealed class KnownCalendar
{
    private KnownCalendar() { }

    public string Code { get; private set; } = "";

    public int Version { get; private set; }
}

/// <summary>One row of an import as it came, until it has been worked on; what could not be taken stays for a while to be mended.</summary>
internal sealed class ImportRow
{
    private ImportRow() { }

    public Guid ImportId { get; private set; }

    public int Line { get; private set; }

    public string?[] Cells { get; private set; } = [];
}

/// <summary>A row of an import that could not be taken, and why.</summary>
internal sealed class ImportError
{
    private ImportError() { }

    public Guid ImportId { get; private set; }

    public int Line { get; private set; }

    public string? SourceId { get; private set; }

    public string Member { get; private set; } = "";

    public string Code { get; private set; } = "";
}

internal sealed class NumberRowConfiguration : IEntityTypeConfiguration<NumberRow>
{
    public void Configure(EntityTypeBuilder<NumberRow> builder)
    {
        builder.ToTable("dossier_numbers");
        builder.HasKey(n => new { n.AgencyCode, n.Day });
        builder.Property(n => n.AgencyCode).HasMaxLength(40);
    }
}

internal sealed class KnownCalendarConfiguration : IEntityTypeConfiguration<KnownCalendar>
{
    public void Configure(EntityTypeBuilder<KnownCalendar> builder)
    {
        builder.ToTable("known_calendars");
        builder.HasKey(c => c.Code);
        builder.Property(c => c.Code).HasMaxLength(40);
    }
}

internal sealed class ImportRowConfiguration : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable("import_rows");
        builder.HasKey(r => new { r.ImportId, r.Line });
    }
}

internal sealed class ImportErrorConfiguration : IEntityTypeConfiguration<ImportError>
{
    public void Configure(EntityTypeBuilder<ImportError> builder)
    {
        builder.ToTable("import_errors");
        builder.HasKey(e => new
        {
            e.ImportId,
            e.Line,
            e.Member,
        });
        builder.Property(e => e.SourceId).HasMaxLength(100);
        builder.Property(e => e.Member).HasMaxLength(40);
        builder.Property(e => e.Code).HasMaxLength(60);
    }
}
