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
    /// <summary>
    /// A query of <c>to_tsquery</c>: every word, or its beginning where it ends in <c>*</c>. Null when there is no word. Beginnings are slower than
    /// words, since the index has to gather everybody whose name begins so.
    /// </summary>
    public static string? Query(string? name)
    {
        var letters = SharedKernel.Folded.Of(name).Select(c => char.IsLetterOrDigit(c) || c == '*' ? c : ' ');
        var words = string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var terms = words
            .Select(w => (Word: w.Replace("*", "", StringComparison.Ordinal), Begins: w.EndsWith('*')))
            .Where(t => t.Word.Length > 0);
        var query = string.Join(" & ", terms.Select(t => t.Begins ? t.Word + ":*" : t.Word));
        return query.Length == 0 ? null : query;
    }
}
