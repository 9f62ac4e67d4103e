using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

/// <summary>A file that is about to be uploaded, and what it is to the dossier.</summary>
/// <param name="Kind">What it is to the dossier.</param>
/// <param name="FileName">Name of the file, with an ending that belongs to its type.</param>
/// <param name="MediaType">Its type, one of those listed by the types of documents.</param>
/// <param name="Size">Bytes of the whole file, at least 1.</param>
/// <param name="Component">Code of the component within the procedure; left out for a result.</param>
/// <param name="Sha256">SHA-256 of the whole file in hexadecimal; compared with what comes.</param>
/// <param name="Pages">How many pages it has, 1 to 10,000; needed for a scan.</param>
/// <param name="SharedStore">The shared store it was taken from.</param>
/// <param name="SharedReference">Its reference in the shared store.</param>
/// <param name="ReplacedResultNumber">Number of an earlier result that stands in for the component.</param>
/// <param name="Signature">Its electronic signature, where the file cannot tell it itself.</param>
internal sealed record NewUpload(
    FileKind Kind,
    string FileName,
    string MediaType,
    long Size,
    string? Component = null,
    string? Sha256 = null,
    int? Pages = null,
    string? SharedStore = null,
    string? SharedReference = null,
    string? ReplacedResultNumber = null,
    StatedSignature? Signature = null
);

/// <summary>An electronic signature as it is stated.</summary>
/// <param name="Signer">Who signed.</param>
/// <param name="Format">The form of the signature, such as <c>PAdES</c>.</param>
/// <param name="SignedAt">When.</param>
/// <param name="CertificateSerial">Serial number of the certificate in hexadecimal.</param>
internal sealed record StatedSignature(string Signer, string Format, DateTimeOffset? SignedAt = null, string? CertificateSerial = null);

internal sealed record StartUpload(Guid Id, NewUpload Upload) : ICommand<Versioned<UploadView>>;

internal sealed class StartUploadValidator : AbstractValidator<StartUpload>
{
    public StartUploadValidator()
    {
        RuleFor(c => c.Upload.FileName).NotEmpty().MaximumLength(FileTypes.LongestName).OverridePropertyName("fileName");
        RuleFor(c => c.Upload.MediaType).NotEmpty().MaximumLength(100).OverridePropertyName("mediaType");
        RuleFor(c => c.Upload.Size).GreaterThanOrEqualTo(1).OverridePropertyName("size");
        RuleFor(c => c.Upload.Component).MaximumLength(40).OverridePropertyName("component");
        RuleFor(c => c.Upload.Sha256).MaximumLength(64).MatchesWhole("^[0-9a-fA-F]{64}$").OverridePropertyName("sha256");
        RuleFor(c => c.Upload.Pages).InclusiveBetween(1, 10_000).OverridePropertyName("pages");
        RuleFor(c => c.Upload.SharedStore).MaximumLength(100).OverridePropertyName("sharedStore");
        RuleFor(c => c.Upload.SharedReference).MaximumLength(100).OverridePropertyName("sharedReference");
        RuleFor(c => c.Upload.ReplacedResultNumber).MaximumLength(60).OverridePropertyName("replacedResultNumber");
        RuleFor(c => c.Upload.Signature!.Signer)
            .NotEmpty()
            .MaximumLength(200)
            .When(c => c.Upload.Signature is not null)
            .OverridePropertyName("signature.signer");
        RuleFor(c => c.Upload.Signature!.Format)
            .NotEmpty()
            .MaximumLength(40)
            .When(c => c.Upload.Signature is not null)
            .OverridePropertyName("signature.format");
        RuleFor(c => c.Upload.Signature!.CertificateSerial)
            .MaximumLength(64)
            .MatchesWhole("^[0-9a-fA-F]+$")
            .When(c => c.Upload.Signature is not null)
            .OverridePropertyName("signature.certificateSerial");
    }
}

internal sealed class StartUploadHandler(
    IRepository<Dossier> dossiers,
    IUploads uploads,
    DocumentIntake intake,
    FileTypes types,
    FileRetention retention,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<StartUpload, Versioned<UploadView>>
{
    public async Task<Versioned<UploadView>> Handle(StartUpload request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        var u = request.Upload;
        var s = u.Signature;
        var facts = new FileFacts(
            u.Kind,
            u.Component,
            u.Pages,
            u.SharedStore,
            u.SharedReference,
            u.ReplacedResultNumber,
            s is null ? null : new(s.Signer, s.SignedAt, s.CertificateSerial, s.Format)
        );
        await intake.Check(dossier, facts, ct);
        var upload = Upload.Start(
            dossier.Id,
            u.FileName,
            types.Declared(u.MediaType),
            u.Size,
            u.Sha256,
            facts,
            user.Caller.Subject,
            clock.GetUtcNow()
        );
        uploads.Add(upload);
        await uploads.Save(ct);
        return UploadView.Of(upload, retention);
    }
}

internal sealed class StartUploadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/document-uploads", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Start the upload of a document</summary>
    /// <remarks>Opens an upload that can be gone on with after an interruption: send the bytes with PATCH, ask for the offset with HEAD, and complete it. Nothing is seen of the file before that. Limits by type are listed by the types of documents.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<CreatedAnswer<UploadView>> Handle(Guid id, NewUpload upload, ISender sender, CancellationToken ct)
    {
        var started = await sender.Send(new StartUpload(id, upload), ct);
        return new($"/api/v1/dossiers/{id}/document-uploads/{started.Item.Id}", started);
    }
}
