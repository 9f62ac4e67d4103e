using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Imports;

internal sealed record ListImportErrors(Guid Id, PageRequest Page) : IQuery<Page<ImportErrorView>>;

/// <summary>A row of an import that could not be taken, and why.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="SourceId">Its id in the source system, as far as it could be read.</param>
/// <param name="Member">The member at fault; <c>row</c> for the row as a whole.</param>
/// <param name="Code">Stable machine word of the reason.</param>
/// <param name="Detail">The reason, in the language of the request.</param>
internal sealed record ImportErrorView(int Line, string? SourceId, string Member, string Code, string Detail);

internal sealed class ListImportErrorsHandler(DossiersDbContext db, CurrentUser user)
    : IRequestHandler<ListImportErrors, Page<ImportErrorView>>
{
    public async Task<Page<ImportErrorView>> Handle(ListImportErrors request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var subject = user.Caller.Subject;
        if (!await db.Jobs.AnyAsync(j => j.Id == request.Id && j.Kind == ImportStore.JobKind && j.Subject == subject, ct))
            throw new NotFoundException("import");
        var rows = db.ImportErrors.Where(e => e.ImportId == request.Id);
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } text)
        {
            var parts = text.Split(' ');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line))
                throw Cursors.Invalid();
            var member = parts[1];
            rows = rows.Where(e => e.Line > line || e.Line == line && e.Member.CompareTo(member) > 0);
        }
        var page = await rows.OrderBy(e => e.Line)
            .ThenBy(e => e.Member)
            .Take(size + 1)
            .Select(e => new ImportErrorView(e.Line, e.SourceId, e.Member, e.Code, ""))
            .ToListAsync(ct);
        var cut = Page<ImportErrorView>.Of(page, size, e => [string.Create(CultureInfo.InvariantCulture, $"{e.Line} {e.Member}")], total);
        return cut with { Items = [.. cut.Items.Select(e => e with { Detail = ImportReasons.InWords(e.Code) })] };
    }
}

internal sealed class ListImportErrorsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-imports/{id}/errors", Handle).Requires(DossiersPermissions.Import);

    /// <summary>List the errors of an import</summary>
    /// <remarks>Gives every row that could not be taken, member by member, with the reason.</remarks>
    /// <param name="id">Identifier of the import's job.</param>
    private static async Task<PageAnswer<ImportErrorView>> Handle(
        Guid id,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListImportErrors(id, page), ct));
}
