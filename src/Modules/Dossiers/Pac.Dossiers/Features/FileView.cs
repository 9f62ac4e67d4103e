using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Features;

/// <summary>A file of a dossier.</summary>
/// <param name="Id">Identifier of the document.</param>
/// <param name="DossierId">Identifier of its dossier.</param>
/// <param name="Component">Code of the component within the procedure; left out for a result.</param>
/// <param name="Kind">What it is to the dossier.</param>
/// <param name="Name">Name of the file; left out for whoever may not see personal data, as it may name a person.</param>
/// <param name="MediaType">Its type, as found in what it holds.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
/// <param name="Pages">How many pages it has.</param>
/// <param name="Digitised">Whether it is the image of a paper.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="ReusedFromDossier">Dossier from which it is re-used.</param>
/// <param name="ReusedFrom">Document of that dossier.</param>
/// <param name="Authorisation">The paper by which the representative of the dossier acts that re-uses it.</param>
/// <param name="SharedStore">The shared store it was taken from.</param>
/// <param name="SharedReference">Its reference in the shared store.</param>
/// <param name="ReplacedResultNumber">Number of an earlier result that stands in for the component.</param>
/// <param name="Signature">Its electronic signature.</param>
/// <param name="VirusCheck">Whether it was looked through for malware.</param>
/// <param name="AddedBy">Subject of who added it.</param>
/// <param name="AddedAt">When it was added.</param>
internal sealed record FileView(
    Guid Id,
    Guid DossierId,
    string? Component,
    FileKind Kind,
    string? Name,
    string MediaType,
    long Size,
    string Sha256,
    int? Pages,
    bool Digitised,
    FileOrigin Origin,
    Guid? ReusedFromDossier,
    Guid? ReusedFrom,
    string? Authorisation,
    string? SharedStore,
    string? SharedReference,
    string? ReplacedResultNumber,
    FileSignatureView? Signature,
    VirusCheck VirusCheck,
    string AddedBy,
    DateTimeOffset AddedAt
)
{
    /// <summary>The view of a file.</summary>
    /// <param name="f">The file.</param>
    /// <param name="personal">Whether personal data may be seen.</param>
    public static FileView Of(DossierFile f, bool personal) =>
        new(
            f.Id.Value,
            f.DossierId.Value,
            f.ComponentCode,
            f.Kind,
            personal ? f.Name : null,
            f.MediaType,
            f.Size,
            f.Sha256,
            f.Pages,
            f.Kind == FileKind.Scan,
            f.Origin,
            f.ReusedFromDossier?.Value,
            f.ReusedFrom?.Value,
            f.Authorisation,
            f.SharedStore,
            f.SharedReference,
            f.ReplacedResultNumber,
            f.Signature is { } s
                ? new(s.Signer, s.SignedAt, s.CertificateSerial, s.Format, s.ReadFromFile, s.CoversWholeFile, s.Trust, s.TrustDetail)
                : null,
            f.VirusCheck,
            f.AddedBy,
            f.AddedAt
        );
}

/// <summary>The electronic signature of a file, as it was found when the file was taken in.</summary>
/// <param name="Signer">Who signed.</param>
/// <param name="SignedAt">When, as the signature says.</param>
/// <param name="CertificateSerial">Serial number of the certificate in hexadecimal.</param>
/// <param name="Format">The form of the signature.</param>
/// <param name="ReadFromFile">Whether it was read from the file itself; else it is as the uploader stated it.</param>
/// <param name="CoversWholeFile">Whether it covers all of the file and what it signed is what the file holds; left out when it was not read from it.</param>
/// <param name="Trust">Whether it was verified against the trust anchors that are configured. Revocation is not asked.</param>
/// <param name="TrustDetail">What the check found to object to: <c>signatureInvalid</c>, <c>fileChanged</c>, <c>noCertificate</c>, or a word of the chain such as <c>untrustedRoot</c>, <c>partialChain</c>, <c>notTimeValid</c>.</param>
internal sealed record FileSignatureView(
    string? Signer,
    DateTimeOffset? SignedAt,
    string? CertificateSerial,
    string Format,
    bool ReadFromFile,
    bool? CoversWholeFile,
    SignatureTrust Trust,
    string? TrustDetail
);
