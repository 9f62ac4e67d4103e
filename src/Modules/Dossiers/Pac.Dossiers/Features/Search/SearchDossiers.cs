using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>By whom dossiers are looked for. Sent in a body, because addresses are written into logs (ASVS 14.2.1).</summary>
/// <param name="IdentityNumber" example="066190000123">The whole identity number of whoever applies, whose affair it is, or who represents.</param>
/// <param name="Name" example="nguyen thi anh">Words of the name of one of them; one that ends in <c>*</c> stands for all that begin so. Case and diacritics do not matter.</param>
/// <param name="Limit">Size of the page.</param>
/// <param name="Cursor">Where the page before ended.</param>
internal sealed record SearchDossiers(
    string? IdentityNumber = null,
    string? Name = null,
    int Limit = PageRequest.DefaultLimit,
    string? Cursor = null
) : IQuery<Page<DossierLine>>;

internal sealed class SearchDossiersValidator : AbstractValidator<SearchDossiers>
{
    public SearchDossiersValidator()
    {
        RuleFor(s => s.IdentityNumber).MatchesWhole(PersonalData.KeptNumberPattern);
        RuleFor(s => s.Name).MaximumLength(200);
        RuleFor(s => s.Limit).InclusiveBetween(1, 100);
        RuleFor(s => s.Cursor).MaximumLength(400);
    }
}

internal sealed class SearchDossiersHandler(DossiersDbContext db, IIdentityNumbers numbers)
    : IRequestHandler<SearchDossiers, Page<DossierLine>>
{
    public async Task<Page<DossierLine>> Handle(SearchDossiers request, CancellationToken ct)
    {
        var words = NameSearch.Query(request.Name);
        if (request.IdentityNumber is null && words is null)
            throw new BusinessRuleException(PeopleErrors.NothingAsked);
        var index = request.IdentityNumber is null ? null : await numbers.IndexOf(request.IdentityNumber, ct);
        var cursor = Cursors.ReadInstantAndId(request.Cursor);
        var people = db.People.AsQueryable();
        if (index is not null)
            people = people.Where(p => p.IdentityIndex == index);
        if (words is not null)
            people = people.Where(p => EF.Functions.ToTsVector("simple", p.Search).Matches(EF.Functions.ToTsQuery("simple", words)));
        // Each part is read out of indexes of its own. Whoever applies is found there, in whatever other part he is as well.
        var others = Applying(db.VisibleInOrder(), index, words, false).Where(d => people.Any(p => p.DossierId == d.Id));
        var rows = FindDossiersHandler
            .After(Applying(db.VisibleInOrder(), index, words, true), cursor, byDue: false)
            .Concat(FindDossiersHandler.After(others, cursor, byDue: false));
        var found = await rows.Newest(request.Limit + 1).Select(NewestPage.Line).ToListAsync(ct);
        return Page<DossierLine>.Of(await WithParts(found, people, index, words, ct), request.Limit, d => [d.ReceivedAt, d.Id], null);
    }

    // Those whose applicant is the one, or those whose applicant is somebody else.
    private static IQueryable<Dossier> Applying(IQueryable<Dossier> rows, byte[]? index, string? words, bool applies)
    {
        if (words is null)
            return applies ? rows.Where(d => d.Applicant.IdentityIndex == index) : rows.Where(d => d.Applicant.IdentityIndex != index);
        if (index is null)
            return rows.Where(d =>
                EF.Functions.ToTsVector("simple", d.Applicant.Search!).Matches(EF.Functions.ToTsQuery("simple", words)) == applies
            );
        return applies
            ? rows.Where(d =>
                d.Applicant.IdentityIndex == index
                && EF.Functions.ToTsVector("simple", d.Applicant.Search!).Matches(EF.Functions.ToTsQuery("simple", words))
            )
            : rows.Where(d =>
                d.Applicant.IdentityIndex != index
                || !EF.Functions.ToTsVector("simple", d.Applicant.Search!).Matches(EF.Functions.ToTsQuery("simple", words))
            );
    }

    private async Task<List<DossierLine>> WithParts(
        List<DossierLine> found,
        IQueryable<DossierPerson> people,
        byte[]? index,
        string? words,
        CancellationToken ct
    )
    {
        var ids = found.Select(d => new DossierId(d.Id)).ToList();
        var parts = await people.Where(p => ids.Contains(p.DossierId)).Select(p => new { p.DossierId, p.Part }).ToListAsync(ct);
        var involved = parts.ToLookup(p => p.DossierId.Value, p => p.Part);
        var asked = involved.Select(i => new DossierId(i.Key)).ToList();
        var both =
            asked.Count == 0
                ? []
                : await Applying(db.Visible.Where(d => asked.Contains(d.Id)), index, words, true).Select(d => d.Id.Value).ToListAsync(ct);
        return
        [
            .. found.Select(d =>
                d with
                {
                    FoundAs =
                    [
                        .. !involved.Contains(d.Id) || both.Contains(d.Id) ? [PersonPart.Applicant] : Array.Empty<PersonPart>(),
                        .. involved[d.Id].Order(),
                    ],
                }
            ),
        ];
    }
}

internal sealed class SearchDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossier-searches", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Search dossiers by person</summary>
    /// <remarks>Gives the dossiers that the caller may see in which whoever has this identity number, or this name, applies, is the owner or represents, newest first, and says in which part the person was found.</remarks>
    private static async Task<ValueAnswer<Page<DossierLine>>> Handle(SearchDossiers search, ISender sender, CancellationToken ct) =>
        new(await sender.Send(search, ct));
}
