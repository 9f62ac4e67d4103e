using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class Applicants(DossiersDbContext db, IIdentityNumbers numbers) : IApplicants
{
    private const int MostOpen = 20;

    public async Task<Dossier?> Newest(string identityNumber, CancellationToken ct) =>
        await (await Of(identityNumber, ct)).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<Dossier>> Open(string identityNumber, string procedureCode, CancellationToken ct) =>
        await (await Of(identityNumber, ct))
            .Where(d => d.ProcedureCode == procedureCode && d.SettledAt == null)
            .Take(MostOpen)
            .ToListAsync(ct);

    private async Task<IQueryable<Dossier>> Of(string identityNumber, CancellationToken ct)
    {
        var index = await numbers.IndexOf(identityNumber, ct);
        return db.Visible.AsNoTracking().Where(d => d.Applicant.IdentityIndex == index).OrderByDescending(d => d.ReceivedAt);
    }
}

/// <summary>Names as PostgreSQL's text search takes them.</summary>
internal static class NameSearch
{
    /// <summary>A query of <c>to_tsquery</c>: every word, or its beginning. Null when there is no word.</summary>
    public static string? Query(string? name)
    {
        var letters = SharedKernel.Folded.Of(name).Select(c => char.IsLetterOrDigit(c) ? c : ' ');
        var words = string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(" & ", words.Select(w => w + ":*"));
    }
}
