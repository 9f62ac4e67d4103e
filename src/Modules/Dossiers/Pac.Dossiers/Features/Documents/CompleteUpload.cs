using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

internal sealed record CompleteUpload(Guid Id, Guid UploadId) : ICommand<IntakeOutcome>;

internal sealed class CompleteUploadHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    IUploads uploads,
    IFileStore store,
    DocumentIntake intake,
    FileTypes types,
    TimeProvider clock
) : IRequestHandler<CompleteUpload, IntakeOutcome>
{
    public async Task<IntakeOutcome> Handle(CompleteUpload request, CancellationToken ct)
    {
        var upload = await uploads.Find(new(request.Id), new(request.UploadId), ct) ?? throw new NotFoundException("upload");
        // Whoever did not hear the answer asks again and gets it.
        if (upload is { State: UploadState.Completed, FileId: { } done })
            return new(intake.View(await files.Get(new FileOfDossier(upload.DossierId, done), ct)), null);
        if (upload is { State: UploadState.Refused, Finding: { } earlier })
            return new(null, earlier);
        upload.RequireOpen();
        if (upload.Received < upload.Size)
            throw new BusinessRuleException(FileErrors.UploadIncomplete);
        var dossier = await dossiers.Get(new DossierWithId(upload.DossierId), ct);
        await intake.Check(dossier, upload.Facts, ct);
        var type = types.Declared(upload.MediaType);
        await using var file = new PiecedStream(store, await uploads.Pieces(upload.Id, ct), upload.Size);
        var (finding, found) = await intake.Look(dossier.Id, type, file, upload.Sha256, ct);
        DossierFile? document = null;
        if (found is null)
        {
            upload.Refuse(finding!, clock.GetUtcNow());
        }
        else
        {
            document = await intake.Take(dossier, upload.FileName, type, upload.Facts, found, file, ct);
            files.Add(document);
            upload.Complete(document.Id, clock.GetUtcNow());
        }
        await files.Save(ct);
        return new(document is null ? null : intake.View(document), finding?.Code);
    }
}

internal sealed class CompleteUploadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/document-uploads/{uploadId}/complete", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Complete the upload of a document</summary>
    /// <remarks>Looks at what came: SHA-256, type by what the file holds, size and malware. Only then it becomes a document; what is refused is removed. While the virus scan is away the answer is 503 and the upload is kept.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="uploadId">Identifier of the upload.</param>
    private static async Task<CreatedAnswer<FileView>> Handle(
        Guid id,
        Guid uploadId,
        ISender sender,
        DocumentIntake intake,
        CancellationToken ct
    )
    {
        var outcome = await sender.Send(new CompleteUpload(id, uploadId), ct);
        await intake.Discard(new(uploadId));
        return outcome.Answer();
    }
}
