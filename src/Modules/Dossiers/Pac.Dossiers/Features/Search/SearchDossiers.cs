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
/// <param name="IdentityNumber" example="066190000123">The whole identity number of the applicant.</param>
/// <param name="Name" example="nguyen thi anh">Words of the applicant's name; one that ends in <c>*</c> stands for all that begin so. Case and diacritics do not matter.</param>
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
        RuleFor(s => s.IdentityNumber).MatchesWhole(PersonalData.NumberPattern);
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
        var rows = db.VisibleInOrder();
        if (index is not null)
            rows = rows.Where(d => d.Applicant.IdentityIndex == index);
        if (words is not null)
            rows = rows.Where(d => EF.Functions.ToTsVector("simple", d.Applicant.Search!).Matches(EF.Functions.ToTsQuery("simple", words)));
        rows = FindDossiersHandler.After(rows, cursor, byDue: false);
        var found = await rows.Newest(request.Limit + 1).Select(NewestPage.Line).ToListAsync(ct);
        return Page<DossierLine>.Of(found, request.Limit, d => [d.ReceivedAt, d.Id], null);
    }
}

internal sealed class SearchDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossier-searches", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Search dossiers by person</summary>
    /// <remarks>Gives the dossiers that the caller may see of whoever has this identity number, or this name, newest first.</remarks>
    private static async Task<ValueAnswer<Page<DossierLine>>> Handle(SearchDossiers search, ISender sender, CancellationToken ct) =>
        new(await sender.Send(search, ct));
}
