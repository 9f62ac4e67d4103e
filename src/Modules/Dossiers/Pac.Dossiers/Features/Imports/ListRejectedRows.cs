using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Imports;

internal sealed record ListRejectedRows(Guid Id, PageRequest Page) : IQuery<Page<RejectedRowView>>;

/// <summary>A row of an import that could not be taken and waits to be mended.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Values">What it says, member by member; the middle of identity number and telephone is hidden.</param>
internal sealed record RejectedRowView(int Line, IReadOnlyList<RowValue> Values);

/// <summary>What a row says in a member.</summary>
/// <param name="Member" example="receivedAt">Name of the member.</param>
/// <param name="Value" example="2024-01-05T08:00:00+07:00">What stands there; left out for nothing.</param>
internal sealed record RowValue(string Member, string? Value = null)
{
    private static readonly string[] Hidden = ["applicantIdentity", "applicantPhone"];

    /// <summary>What may be shown of a row.</summary>
    public static IReadOnlyList<RowValue> Of(string?[] cells) =>
        [.. ImportColumns.All.Select((member, i) => new RowValue(member, Shown(member, cells[i]))).Where(v => v.Value is not null)];

    /// <summary>What is shown of a value.</summary>
    public static string? Shown(string member, string? value) => Hidden.Contains(member) ? Mask.Number(value) : value;
}

internal sealed class ListRejectedRowsHandler(DossiersDbContext db, ImportSeals seals, CurrentUser user)
    : IRequestHandler<ListRejectedRows, Page<RejectedRowView>>
{
    public async Task<Page<RejectedRowView>> Handle(ListRejectedRows request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var job = await db.FinishedImport(request.Id, user.Caller.Subject, ct) ?? throw new NotFoundException("import");
        if (ImportParameters.Of(job).Key is not { } key)
            return Page<RejectedRowView>.Of([], size, r => [r.Line], request.Page.WithTotal == true ? 0 : null);
        var after = 0;
        if (
            Cursors.ReadText(request.Page.Cursor) is { } text
            && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after)
        )
            throw Cursors.Invalid();
        var kept = db.ImportRows.AsNoTracking().Where(r => r.ImportId == job.Id);
        long? total = request.Page.WithTotal == true ? await kept.LongCountAsync(ct) : null;
        var rows = await kept.Where(r => r.Line > after).OrderBy(r => r.Line).Take(size + 1).ToListAsync(ct);
        using var seal = seals.Of(key);
        return Page<RejectedRowView>.Of(
            rows.ConvertAll(r => new RejectedRowView(r.Line, RowValue.Of(seal.Open(r.Line, r.Cells)))),
            size,
            r => [r.Line],
            total
        );
    }
}

internal sealed class ListRejectedRowsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-imports/{id}/rejected-rows", Handle).Requires(DossiersPermissions.Import);

    /// <summary>List rows of an import to mend</summary>
    /// <remarks>Gives the rows that could be read and not be taken, as they came; their reasons stand in the errors of the import. They are kept sealed for 30 days.</remarks>
    /// <param name="id">Identifier of the import's job.</param>
    private static async Task<PageAnswer<RejectedRowView>> Handle(
        Guid id,
        [Microsoft.AspNetCore.Http.AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListRejectedRows(id, page), ct));
}
