using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.Facilities.Contracts;

namespace Pac.Dossiers.Features.Imports;

/// <summary>What the rows of an import are checked against.</summary>
internal sealed class ImportReference(DossiersDbContext db, ISender sender, TimeProvider clock)
{
    /// <summary>Everything but the centres, which are asked for as they are named.</summary>
    public async Task<ImportContext> Context(DataScope scope, CancellationToken ct)
    {
        var procedures = await db.Procedures.AsNoTracking().ToDictionaryAsync(p => p.Code, ct);
        var agencies = await db.Agencies.AsNoTracking().ToDictionaryAsync(a => a.Code, a => a.Level, ct);
        return new(procedures, agencies, new HashSet<string>(), scope, clock.GetUtcNow());
    }

    /// <summary>Which of the centres that rows name there are, as far as they were not asked for before.</summary>
    public async Task<IEnumerable<string>> Centres(IEnumerable<string?[]> rows, HashSet<string> asked, CancellationToken ct)
    {
        var place = Array.IndexOf(ImportColumns.All, "centreCode");
        var unknown = rows.Where(cells => cells.Length > place)
            .Select(cells => cells[place]?.Trim())
            .OfType<string>()
            .Where(asked.Add)
            .ToList();
        return unknown.Count == 0 ? [] : (await sender.Send(new GetWorkingCalendars(unknown), ct)).Select(c => c.CentreCode);
    }
}
