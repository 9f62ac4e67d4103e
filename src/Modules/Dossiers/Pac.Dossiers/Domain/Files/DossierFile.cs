using System.Linq.Expressions;
using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

/// <summary>What a file is to its dossier.</summary>
internal enum FileKind
{
    /// <summary>The image of a paper (bản quét).</summary>
    Scan,

    /// <summary>A component that came electronically (bản điện tử).</summary>
    Electronic,

    /// <summary>The result (kết quả giải quyết).</summary>
    Result,
}

/// <summary>Where a file came from.</summary>
internal enum FileOrigin
{
    /// <summary>Uploaded for this dossier.</summary>
    Uploaded,

    /// <summary>Re-used from an earlier dossier (tái sử dụng).</summary>
    Reused,

    /// <summary>Taken from a shared store (lấy từ kho dữ liệu dùng chung).</summary>
    SharedStore,
}

/// <summary>Whether a file was looked through for malware.</summary>
internal enum VirusCheck
{
    /// <summary>No scanner is configured.</summary>
    NotScanned,

    /// <summary>Nothing was found.</summary>
    Clean,
}

/// <summary>Whether a signature was verified against the trust anchors that are configured.</summary>
internal enum SignatureTrust
{
    /// <summary>Nobody checked: no anchors are configured, or the form of the signature cannot be checked here.</summary>
    NotChecked,

    /// <summary>It is that of its certificate, and the certificate leads to an anchor. Whether it was revoked is not asked.</summary>
    Trusted,

    /// <summary>It is not that of its certificate, or the certificate does not lead to an anchor.</summary>
    Untrusted,
}

/// <summary>The electronic signature of a file.</summary>
/// <param name="Signer">Who signed.</param>
/// <param name="SignedAt">When, as the signature says.</param>
/// <param name="CertificateSerial">Serial number of the certificate in hexadecimal.</param>
/// <param name="Format">The form of the signature, such as <c>PAdES</c>.</param>
/// <param name="ReadFromFile">Whether it was read from the file itself; else it is as the caller stated it.</param>
/// <param name="CoversWholeFile">Whether it covers all of the file and its digest is that of the file; null when it was not read from it.</param>
/// <param name="Trust">Whether its certificate is to be trusted.</param>
/// <param name="TrustDetail">What the check found, as a stable word; null when there was none, or nothing to object to.</param>
internal sealed record SignatureFacts(
    string? Signer,
    DateTimeOffset? SignedAt,
    string? CertificateSerial,
    string Format,
    bool ReadFromFile = false,
    bool? CoversWholeFile = null,
    SignatureTrust Trust = SignatureTrust.NotChecked,
    string? TrustDetail = null
);

/// <summary>What is said about a file when it is handed in.</summary>
/// <param name="Kind">What it is to the dossier.</param>
/// <param name="ComponentCode">The component; null for a result.</param>
/// <param name="Pages">How many pages; needed for a scan.</param>
/// <param name="SharedStore">The shared store it was taken from.</param>
/// <param name="SharedReference">Its reference there.</param>
/// <param name="ReplacedResultNumber">Number of an earlier result that stands in for the component.</param>
/// <param name="Signature">Its signature, as stated.</param>
internal sealed record FileFacts(
    FileKind Kind,
    string? ComponentCode,
    int? Pages,
    string? SharedStore,
    string? SharedReference,
    string? ReplacedResultNumber,
    SignatureFacts? Signature
)
{
    /// <summary>Checks the facts against the dossier and what its procedure asks for.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="content">The procedure in the version of the dossier; null for one that is not in the catalogue.</param>
    public void Check(Dossier dossier, ProcedureContent? content)
    {
        if (Kind == FileKind.Result != ComponentCode is null)
            throw new BusinessRuleException(FileErrors.ComponentNeeded.At("/component"));
        if (Kind == FileKind.Result)
        {
            Require(
                dossier.Status == DossierStatus.InProcess
                    || dossier.Result is not null && dossier.Status is DossierStatus.Completed or DossierStatus.Returned,
                FileErrors.NoResultYet
            );
            return;
        }
        Require(AreOpen(dossier.Status), FileErrors.DocumentsClosed);
        if (content is not null && content.Components.All(c => c.Code != ComponentCode))
            throw new BusinessRuleException(DossierErrors.ComponentUnknown.With(ComponentCode!).At("/component"));
        // Circular 03/2025/TT-VPCP, art. 5(2): no scan of what was submitted electronically.
        if (Kind == FileKind.Scan && IsElectronic(dossier, ComponentCode!))
            throw new BusinessRuleException(FileErrors.ScanNotNeeded.At("/kind"));
        // What was only shown, or is secret, must not lie here as an image.
        if (Kind == FileKind.Scan && dossier.Components.Any(c => c.Code == ComponentCode && c.NoScan is not null))
            throw new BusinessRuleException(FileErrors.ScanSpared.At("/kind"));
        // Circular 01/2023/TT-VPCP, art. 8(2): as many images as pages.
        if (Kind == FileKind.Scan && Pages is null)
            throw new BusinessRuleException(FileErrors.PagesNeeded.At("/pages"));
        if (SharedStore is null != SharedReference is null || SharedStore is not null && Kind == FileKind.Scan)
            throw new BusinessRuleException(FileErrors.StoreUnclear.At("/sharedStore"));
    }

    /// <summary>Whether papers may still be added.</summary>
    public static bool AreOpen(DossierStatus status) =>
        status is not (DossierStatus.Rejected or DossierStatus.Stopped or DossierStatus.Completed or DossierStatus.Returned);

    /// <summary>Whether a component was submitted electronically.</summary>
    public static bool IsElectronic(Dossier dossier, string componentCode) =>
        dossier.Channel == Channel.Online || dossier.Components.Any(c => c.Code == componentCode && c.Kind == CopyKind.Electronic);

    private static void Require(bool holds, Error error)
    {
        if (!holds)
            throw new BusinessRuleException(error);
    }
}

/// <summary>What was found when a file was looked at.</summary>
/// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Check">Whether it was looked through for malware.</param>
/// <param name="Signature">The signature that was read from it.</param>
internal sealed record FileFindings(string Sha256, long Size, VirusCheck Check, SignatureFacts? Signature);

/// <summary>A file of a dossier (tệp tài liệu của hồ sơ). Its bytes are stored once, under their SHA-256.</summary>
internal sealed class DossierFile : AggregateRoot
{
    private DossierFile() { }

    public FileId Id { get; private set; }

    public DossierId DossierId { get; private set; }

    public FileKind Kind { get; private set; }

    public string? ComponentCode { get; private set; }

    /// <summary>The name it was given; it may name a person.</summary>
    [Personal]
    public string Name { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    public long Size { get; private set; }

    public string Sha256 { get; private set; } = "";

    public int? Pages { get; private set; }

    public FileOrigin Origin { get; private set; }

    public DossierId? ReusedFromDossier { get; private set; }

    public FileId? ReusedFrom { get; private set; }

    /// <summary>The paper by which the representative of the dossier acts that re-uses it.</summary>
    public string? Authorisation { get; private set; }

    public string? SharedStore { get; private set; }

    public string? SharedReference { get; private set; }

    public string? ReplacedResultNumber { get; private set; }

    [Personal]
    public SignatureFacts? Signature { get; private set; }

    public VirusCheck VirusCheck { get; private set; }

    public string AddedBy { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public string? RemovedBy { get; private set; }

    public string? RemovalReason { get; private set; }

    /// <summary>Takes in a file that was looked at.</summary>
    public static DossierFile Add(
        DossierId dossier,
        string name,
        FileType type,
        FileFacts facts,
        FileFindings found,
        string by,
        DateTimeOffset now
    )
    {
        var file = new DossierFile
        {
            Id = new(Guid.CreateVersion7(now)),
            DossierId = dossier,
            Kind = facts.Kind,
            ComponentCode = facts.ComponentCode,
            Name = name,
            MediaType = type.MediaType,
            Size = found.Size,
            Sha256 = found.Sha256,
            Pages = facts.Pages,
            Origin = facts.SharedStore is null ? FileOrigin.Uploaded : FileOrigin.SharedStore,
            SharedStore = facts.SharedStore,
            SharedReference = facts.SharedReference,
            ReplacedResultNumber = facts.ReplacedResultNumber,
            // What the file says of itself goes before what is said about it.
            Signature = found.Signature ?? facts.Signature,
            VirusCheck = found.Check,
            AddedBy = by,
            AddedAt = now,
        };
        file.Touch();
        return file;
    }

    /// <summary>
    /// Re-uses a document of an earlier dossier: a reference, no copy (Decree 118/2025, art. 5(1): nothing is asked for again). It is that of
    /// somebody who has a part in this dossier: who applies, whose affair it is, or who represents with an authorisation.
    /// </summary>
    /// <exception cref="BusinessRuleException">It is the document of somebody else, or nobody knows whose it is.</exception>
    public static DossierFile Reuse(DossierFile earlier, Dossier owner, Dossier dossier, FileFacts facts, string by, DateTimeOffset now)
    {
        if (!dossier.HasPartIn(owner))
            throw new BusinessRuleException(FileErrors.AnotherPerson.At("/documentId"));
        if (earlier.Kind == FileKind.Result && owner.Outcome != Outcome.Result)
            throw new BusinessRuleException(FileErrors.NoResultYet);
        var file = new DossierFile
        {
            Id = new(Guid.CreateVersion7(now)),
            DossierId = dossier.Id,
            Kind = FileKind.Electronic,
            ComponentCode = facts.ComponentCode,
            Name = earlier.Name,
            MediaType = earlier.MediaType,
            Size = earlier.Size,
            Sha256 = earlier.Sha256,
            Pages = earlier.Pages,
            Origin = FileOrigin.Reused,
            ReusedFromDossier = earlier.DossierId,
            ReusedFrom = earlier.Id,
            Authorisation = dossier.Parties is { Representative: not null, Authorisation: { } paper } ? paper.Number : null,
            ReplacedResultNumber = facts.ReplacedResultNumber ?? (earlier.Kind == FileKind.Result ? owner.Result?.Number : null),
            Signature = earlier.Signature,
            VirusCheck = earlier.VirusCheck,
            AddedBy = by,
            AddedAt = now,
        };
        file.Touch();
        return file;
    }

    /// <summary>Takes a file out that was added by mistake; that it was there stays known.</summary>
    public void Remove(Dossier dossier, string reason, string by, DateTimeOffset now)
    {
        var open =
            Kind == FileKind.Result
                ? dossier.Status is DossierStatus.InProcess or DossierStatus.Completed
                : dossier.Status is DossierStatus.Submitted or DossierStatus.Received;
        if (!open)
            throw new BusinessRuleException(FileErrors.Transferred);
        (RemovedAt, RemovedBy, RemovalReason) = (now, by, reason);
        Touch();
    }

    /// <summary>Takes a file out that did not become the result: the dossier is settled with others.</summary>
    public void Supersede(string by, DateTimeOffset now)
    {
        (RemovedAt, RemovedBy, RemovalReason) = (now, by, "Không được chọn làm kết quả");
        Touch();
    }
}

/// <summary>One file of a dossier, unless it was removed.</summary>
internal sealed class FileOfDossier(DossierId dossier, FileId file) : Specification<DossierFile>
{
    protected override Expression<Func<DossierFile, bool>> Build() => f => f.Id == file && f.DossierId == dossier && f.RemovedAt == null;
}

/// <summary>The scans of a component of a dossier, unless they were removed.</summary>
internal sealed class ScanOf(DossierId dossier, string component) : Specification<DossierFile>
{
    protected override Expression<Func<DossierFile, bool>> Build() =>
        f => f.DossierId == dossier && f.ComponentCode == component && f.Kind == FileKind.Scan && f.RemovedAt == null;
}

/// <summary>The files of the result of a dossier, unless they were removed.</summary>
internal sealed class ResultOf(DossierId dossier) : Specification<DossierFile>
{
    protected override Expression<Func<DossierFile, bool>> Build() =>
        f => f.DossierId == dossier && f.Kind == FileKind.Result && f.RemovedAt == null;
}

/// <summary>The files of a dossier that the administration had already: used again, or taken from a shared store.</summary>
internal sealed class HadAlready(DossierId dossier) : Specification<DossierFile>
{
    protected override Expression<Func<DossierFile, bool>> Build() =>
        f => f.DossierId == dossier && f.Origin != FileOrigin.Uploaded && f.ComponentCode != null && f.RemovedAt == null;
}

/// <summary>One file wherever it is, unless it was removed.</summary>
internal sealed class FileWithId(FileId file) : Specification<DossierFile>
{
    protected override Expression<Func<DossierFile, bool>> Build() => f => f.Id == file && f.RemovedAt == null;
}
