using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record ListDocuments(Guid Id) : IQuery<DossierDocuments>;

/// <summary>What a procedure asks for and what of it was handed in.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Documents">The published components in order.</param>
/// <param name="Results">The files of the result, oldest first.</param>
internal sealed record DossierDocuments(Guid DossierId, IReadOnlyList<DocumentView> Documents, IReadOnlyList<FileView> Results);

/// <summary>One component of the published list.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in the language of the request.</param>
/// <param name="Required">Whether a dossier without it is incomplete.</param>
/// <param name="FromSharedData">Whether it comes from a shared database and no paper may be asked for.</param>
/// <param name="HandedIn">What was handed in; left out when nothing was.</param>
/// <param name="Digitising">How far it is digitised.</param>
/// <param name="Files">Its files, oldest first.</param>
internal sealed record DocumentView(
    string Code,
    string Name,
    bool Required,
    bool FromSharedData,
    ComponentView? HandedIn,
    Digitising Digitising,
    IReadOnlyList<FileView> Files
);

internal sealed class ListDocumentsHandler(DossiersDbContext db) : IRequestHandler<ListDocuments, DossierDocuments>
{
    public async Task<DossierDocuments> Handle(ListDocuments request, CancellationToken ct)
    {
        var dossier = await db.FindVisible(new DossierId(request.Id)) ?? throw new NotFoundException("dossier");
        var content = await (
            from procedure in db.Procedures
            where procedure.Code == dossier.ProcedureCode
            join version in db.ProcedureVersions on procedure.Id equals version.ProcedureId
            where version.Number == dossier.ProcedureVersion
            select version.Content
        ).FirstOrDefaultAsync(ct);
        var given = dossier.Components.ToDictionary(c => c.Code);
        var files = await db
            .Files.AsNoTracking()
            .Where(f => f.DossierId == dossier.Id && f.RemovedAt == null)
            .OrderBy(f => f.Id)
            .ToListAsync(ct);
        var byComponent = files.ToLookup(f => f.ComponentCode);
        var personal = db.User.May(DossiersPermissions.ReadPersonal);
        return new(
            request.Id,
            [
                .. (content?.For(dossier.VariantCode).Components ?? []).Select(c => new DocumentView(
                    c.Code,
                    Language.Pick(c.Name, c.NameEn),
                    c.Required,
                    c.FromSharedData,
                    given.TryGetValue(c.Code, out var g) ? new(g.Code, g.Kind, g.Quantity, g.Pages, g.NoScan) : null,
                    Digitisation.Of(dossier, c.Code, [.. byComponent[c.Code]]),
                    [.. byComponent[c.Code].Select(f => FileView.Of(f, personal))]
                )),
            ],
            [.. byComponent[null].Select(f => FileView.Of(f, personal))]
        );
    }
}

internal sealed class ListDocumentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/documents", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the documents of a dossier</summary>
    /// <remarks>Gives the components that the procedure asks for, for each what was handed in and its files, and the files of the result.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierDocuments>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListDocuments(id), ct));
}
