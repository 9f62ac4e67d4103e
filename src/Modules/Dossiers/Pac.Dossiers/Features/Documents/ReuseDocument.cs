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

/// <summary>A document of an earlier dossier that is used again.</summary>
/// <param name="DossierId">The earlier dossier.</param>
/// <param name="DocumentId">The document of it.</param>
/// <param name="Component">The component that it stands for.</param>
/// <param name="ReplacedResultNumber">Number of the earlier result that stands in for the component; that of the earlier dossier when it is its result.</param>
internal sealed record EarlierDocument(Guid DossierId, Guid DocumentId, string Component, string? ReplacedResultNumber = null);

internal sealed record ReuseDocument(Guid Id, EarlierDocument Earlier) : ICommand<Versioned<FileView>>;

internal sealed class ReuseDocumentValidator : AbstractValidator<ReuseDocument>
{
    public ReuseDocumentValidator()
    {
        RuleFor(c => c.Earlier.Component).NotEmpty().MaximumLength(40).OverridePropertyName("component");
        RuleFor(c => c.Earlier.ReplacedResultNumber).MaximumLength(60).OverridePropertyName("replacedResultNumber");
    }
}

internal sealed class ReuseDocumentHandler(
    IRepository<Dossier> dossiers,
    IRepository<DossierFile> files,
    IStoredContent contents,
    IDocumentLog log,
    DocumentIntake intake,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReuseDocument, Versioned<FileView>>
{
    public async Task<Versioned<FileView>> Handle(ReuseDocument request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        var e = request.Earlier;
        var earlier = await files.Get(new FileOfDossier(new(e.DossierId), new(e.DocumentId)), ct);
        var owner = await dossiers.Get(new DossierWithId(earlier.DossierId), ct);
        var facts = new FileFacts(FileKind.Electronic, e.Component, earlier.Pages, null, null, e.ReplacedResultNumber, null);
        facts.Check(dossier, await intake.AskedFor(dossier, ct));
        var document = DossierFile.Reuse(earlier, owner, dossier, facts, user.Caller.Subject, clock.GetUtcNow());
        if (!await contents.KeepAgain(earlier.Sha256, earlier.Size, ct))
            throw new NotFoundException("document");
        files.Add(document);
        log.Line(dossier.Id, "documentReused", e.Component);
        await files.Save(ct);
        return intake.View(document);
    }
}

internal sealed class ReuseDocumentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossiers/{id}/reused-documents", Handle).Requires(DossiersPermissions.ManageDocuments);

    /// <summary>Re-use a document</summary>
    /// <remarks>Refers to a document of an earlier dossier instead of asking for it again; nothing is copied. It must be of somebody who has a part in this dossier: who applies, whose affair it is, or who represents with an authorisation.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<CreatedAnswer<FileView>> Handle(Guid id, EarlierDocument earlier, ISender sender, CancellationToken ct)
    {
        var document = await sender.Send(new ReuseDocument(id, earlier), ct);
        return new($"/api/v1/dossiers/{id}/documents/{document.Item.Id}", document);
    }
}
