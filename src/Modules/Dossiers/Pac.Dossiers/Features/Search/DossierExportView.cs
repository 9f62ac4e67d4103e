using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Search;

/// <summary>Where an export stands.</summary>
internal enum ExportState
{
    /// <summary>Waiting for a host.</summary>
    Waiting,

    /// <summary>A host writes it.</summary>
    Running,

    /// <summary>The file may be fetched.</summary>
    Ready,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>The term of the file is over, and it is gone.</summary>
    Expired,
}

/// <summary>Dossiers written into a file.</summary>
/// <param name="Id">Identifier of the export, and of the job that writes it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Format">The form of the file.</param>
/// <param name="Filter">Which dossiers it holds.</param>
/// <param name="Done">Dossiers written so far.</param>
/// <param name="Counted">Dossiers that satisfied the filter when it was asked for.</param>
/// <param name="Rows">Dossiers in the file; left out until it is whole.</param>
/// <param name="Size">Its bytes; left out until it is whole.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal; left out until it is whole.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="FinishedAt">When the file was whole.</param>
/// <param name="ExpiresAt">When the file is removed.</param>
/// <param name="Error">Why it was given up, as a stable machine word.</param>
internal sealed record DossierExportView(
    Guid Id,
    ExportState State,
    TableFormat Format,
    ExportFilter Filter,
    long Done,
    long Counted,
    long? Rows,
    long? Size,
    string? Sha256,
    DateTimeOffset RequestedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? ExpiresAt,
    string? Error
)
{
    public static DossierExportView Of(DossierExport e, Job? job, DateTimeOffset now) =>
        new(
            e.Id.Value,
            StateOf(e, job, now),
            e.Format,
            e.Filter,
            e.File?.Rows ?? job?.Done ?? 0,
            e.Counted,
            e.File?.Rows,
            e.File?.Size,
            e.File?.Sha256,
            e.RequestedAt,
            e.FinishedAt,
            e.ExpiresAt,
            job?.Error
        );

    private static ExportState StateOf(DossierExport e, Job? job, DateTimeOffset now) =>
        e.ExpiresAt is { } expires
            ? now < expires
                ? ExportState.Ready
                : ExportState.Expired
            : job?.State switch
            {
                JobState.Running => ExportState.Running,
                JobState.Queued => ExportState.Waiting,
                _ => ExportState.Failed,
            };
}
