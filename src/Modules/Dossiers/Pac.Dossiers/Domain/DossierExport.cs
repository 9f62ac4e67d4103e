using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct DossierExportId(Guid Value) : IStrongId<DossierExportId>
{
    public static DossierExportId From(Guid value) => new(value);

    public static bool operator <(DossierExportId left, DossierExportId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(DossierExportId left, DossierExportId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>In which form a table leaves the house.</summary>
internal enum TableFormat
{
    /// <summary>Comma-separated values in UTF-8 (RFC 4180).</summary>
    Csv,

    /// <summary>A workbook of a spreadsheet (Office Open XML).</summary>
    Xlsx,
}

/// <summary>Which dossiers an export holds; every filter that is given must hold.</summary>
/// <param name="Code">Exact dossier code.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="FieldCode">The field of the procedure.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
/// <param name="ReceivedFrom">First day of reception.</param>
/// <param name="ReceivedTo">Last day of reception.</param>
/// <param name="Overdue">Only those that were not settled although their due instant had passed when the export was asked for.</param>
internal sealed record ExportFilter(
    string? Code = null,
    DossierStatus? Status = null,
    string? ProcedureCode = null,
    string? FieldCode = null,
    string? CentreCode = null,
    string? AgencyCode = null,
    Channel? Channel = null,
    string? AssignedTo = null,
    DateOnly? ReceivedFrom = null,
    DateOnly? ReceivedTo = null,
    bool? Overdue = null
);

/// <summary>The file of an export as it lies in the store.</summary>
/// <param name="Rows">Dossiers in it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal.</param>
/// <param name="Run">The run of the job that wrote it; what other runs left is no part of it.</param>
/// <param name="PieceSize">Bytes of each of its pieces but the last.</param>
internal sealed record ExportFile(long Rows, long Size, string Sha256, int Run, int PieceSize);

/// <summary>
/// Dossiers written into a file, by a job of the same key, as far as whoever asked could see them when asking. The file holds personal data, so it
/// belongs to that person alone and is removed after a term.
/// </summary>
internal sealed class DossierExport : AggregateRoot
{
    private DossierExport() { }

    public DossierExportId Id { get; private set; }

    public string RequestedBy { get; private set; } = "";

    /// <summary>The data scope of that moment, in written form.</summary>
    public string Scope { get; private set; } = "";

    public TableFormat Format { get; private set; }

    public ExportFilter Filter { get; private set; } = new();

    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>Dossiers that satisfied the filter when it was asked for.</summary>
    public long Counted { get; private set; }

    /// <summary>The file; null until it is whole.</summary>
    public ExportFile? File { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>When the file is removed; null until it is whole.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    public static DossierExport Ask(
        Guid id,
        string by,
        string scope,
        TableFormat format,
        ExportFilter filter,
        long counted,
        DateTimeOffset now
    )
    {
        var export = new DossierExport
        {
            Id = new(id),
            RequestedBy = by,
            Scope = scope,
            Format = format,
            Filter = filter,
            Counted = counted,
            RequestedAt = now,
        };
        export.Touch();
        return export;
    }

    /// <summary>The file is whole; it is kept for a term.</summary>
    public void Finish(ExportFile file, TimeSpan kept, DateTimeOffset now)
    {
        (File, FinishedAt, ExpiresAt) = (file, now, now + kept);
        Touch();
    }

    /// <summary>The file, while there is one to be fetched.</summary>
    /// <exception cref="BusinessRuleException">It is not written yet, or its term is over.</exception>
    public ExportFile Fetch(DateTimeOffset now)
    {
        if (File is null)
            throw new BusinessRuleException(ExportErrors.NotReady);
        if (now >= ExpiresAt)
            throw new BusinessRuleException(ExportErrors.Expired.With(LifeCycle.Written(ExpiresAt.Value)));
        return File;
    }
}

internal static class ExportErrors
{
    public static readonly Error TooLarge = new(
        "dossiers.export-too-large",
        ErrorKind.RuleBroken,
        "Có hơn {0} hồ sơ; hãy rút ngắn khoảng thời gian hoặc thêm điều kiện lọc.",
        "There are more than {0} dossiers; shorten the period or add a filter."
    );

    public static readonly Error NotReady = new(
        "dossiers.export-not-ready",
        ErrorKind.WrongState,
        "Tệp chưa được kết xuất xong; hãy xem trạng thái của lần kết xuất.",
        "The file has not been written to its end; look at the state of the export."
    );

    public static readonly Error Expired = new(
        "dossiers.export-expired",
        ErrorKind.NotFound,
        "Tệp đã hết thời hạn lưu vào {0} và không còn; hãy kết xuất lại.",
        "The term of the file ended at {0}, and it is gone; export again."
    );
}
