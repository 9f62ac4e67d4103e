using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

/// <summary>Why a document is taken out.</summary>
/// <param name="Reason">The reason.</param>
internal sealed record DocumentRemoval(string Reason);

internal sealed record RemoveDocument(Guid Id, Guid DocumentId, uint Seen, DocumentRemoval Removal) : ICommand<Unit>;

internal sealed class RemoveDocumentValidator : AbstractValidator<RemoveDocument>
{
    public RemoveDocumentValidator() => RuleFor(c => c.Removal.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
}

internal sealed class RemoveDocumentHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    IStoredContent contents,
    IDocumentLog log,
    DocumentIntake intake,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<RemoveDocument, Unit>
{
    public async Task<Unit> Handle(RemoveDocument request, CancellationToken ct)
    {
        var file = await files.Get(new FileOfDossier(new(request.Id), new(request.DocumentId)), request.Seen, ct);
        var dossier = await dossiers.Get(new DossierWithId(file.DossierId), ct);
        intake.DemandSettler(dossier, file.Kind);
        file.Remove(dossier, request.Removal.Reason, user.Caller.Subject, clock.GetUtcNow());
        dossier.LoseResultFile(file.Id);
        log.Line(dossier.Id, "documentRemoved", file.ComponentCode ?? "result");
        await contents.Release(file.Sha256, ct);
        await files.Save(ct);
        return Unit.Value;
    }
}

internal sealed class RemoveDocumentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/documents/{documentId}/remove", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Remove a document that was added by mistake</summary>
    /// <remarks>Takes a document out before the dossier is transferred, or a result before it is returned. That it was there, and the reason, stay known; its bytes go once no other document has them.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="documentId">Identifier of the document.</param>
    private static async Task<EmptyAnswer> Handle(
        Guid id,
        Guid documentId,
        DocumentRemoval removal,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        await sender.Send(new RemoveDocument(id, documentId, ifMatch.Version, removal), ct);
        return new();
    }
}
