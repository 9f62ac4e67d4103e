using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class Applicants(DossiersDbContext db, IIdentityNumbers numbers) : IApplicants
{
    private const int MostOpen = 20;

    public async Task<FoundPerson?> Newest(string identityNumber, CancellationToken ct)
    {
        var index = await numbers.IndexOf(identityNumber, ct);
        // Whoever applied has said more of himself than what others said of him.
        var newest =
            await Seen.Where(d => d.Applicant.IdentityIndex == index).OrderByDescending(d => d.ReceivedAt).FirstOrDefaultAsync(ct)
            ?? await Seen.Where(d => db.People.Any(p => p.DossierId == d.Id && p.IdentityIndex == index))
                .OrderByDescending(d => d.ReceivedAt)
                .FirstOrDefaultAsync(ct);
        return newest?.PartOf(index) is { } part ? new(newest, part) : null;
    }

    public async Task<IReadOnlyList<FoundPerson>> Open(string identityNumber, string procedureCode, CancellationToken ct)
    {
        var index = await numbers.IndexOf(identityNumber, ct);
        var open = await Seen.OfPeople(db, index, index)
            .Where(d => d.ProcedureCode == procedureCode && d.SettledAt == null)
            .OrderByDescending(d => d.ReceivedAt)
            .Take(MostOpen)
            .ToListAsync(ct);
        return [.. open.Select(d => new FoundPerson(d, d.PartOf(index)!.Value))];
    }

    private IQueryable<Dossier> Seen => db.Visible.AsNoTracking();
}

/// <summary>Dossiers of people.</summary>
internal static class DossiersOfPeople
{
    /// <summary>Those in which one of two people applies, or whose affair they are; the parts are appended, each read out of an index of its own.</summary>
    public static IQueryable<Dossier> OfPeople(this IQueryable<Dossier> dossiers, DossiersDbContext db, byte[] one, byte[] other) =>
        dossiers
            .Where(d => d.Applicant.IdentityIndex == one || d.Applicant.IdentityIndex == other)
            .Concat(
                dossiers.Where(d =>
                    d.Applicant.IdentityIndex != one
                    && d.Applicant.IdentityIndex != other
                    && db.People.Any(p =>
                        p.DossierId == d.Id && p.Part == PersonPart.Owner && (p.IdentityIndex == one || p.IdentityIndex == other)
                    )
                )
            );

    /// <summary>Those that are the affair of one person: who is the owner, or applies where nobody else is.</summary>
    public static IQueryable<Dossier> AffairsOf(this IQueryable<Dossier> dossiers, DossiersDbContext db, byte[] index) =>
        dossiers
            .Where(d => d.Applicant.IdentityIndex == index && !db.People.Any(p => p.DossierId == d.Id && p.Part == PersonPart.Owner))
            .Concat(dossiers.Where(d => db.People.Any(p => p.DossierId == d.Id && p.Part == PersonPart.Owner && p.IdentityIndex == index)));
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
