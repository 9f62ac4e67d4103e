using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListLegalTerms : IQuery<LegalTerms>;

/// <summary>The figures of the law that acts on dossiers go by.</summary>
/// <param name="Items">Every figure with the day from which it is in force; the newest that is in force counts.</param>
internal sealed record LegalTerms(IReadOnlyList<LegalTermView> Items);

internal sealed class ListLegalTermsHandler(DossiersDbContext db) : IRequestHandler<ListLegalTerms, LegalTerms>
{
    public async Task<LegalTerms> Handle(ListLegalTerms request, CancellationToken ct)
    {
        var rows = await db
            .LegalTerms.AsNoTracking()
            .OrderBy(t => t.Code)
            .ThenBy(t => t.FieldCode)
            .ThenBy(t => t.EffectiveFrom)
            .ToListAsync(ct);
        return new([.. rows.Select(LegalTermView.Of)]);
    }
}

internal sealed class ListLegalTermsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/legal-terms", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the terms of law</summary>
    /// <remarks>Gives the figures of the law that acts on dossiers go by, with their source and the day from which they are in force.</remarks>
    private static async Task<ValueAnswer<LegalTerms>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListLegalTerms(), ct));
}
