using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListLegalTerms : IQuery<LegalTerms>;

/// <summary>The figures of the law that acts on dossiers go by.</summary>
/// <param name="Items">Every figure with the day from which it is in force; the newest that is in force counts.</param>
internal sealed record LegalTerms(IReadOnlyList<LegalTermView> Items);

/// <summary>A figure of the law.</summary>
/// <param name="Code">Stable word of the figure.</param>
/// <param name="Name">What it says, in the language of the request.</param>
/// <param name="Value">How many units, or how many times.</param>
/// <param name="Unit">In what it is counted; left out for a number of times or a time of day.</param>
/// <param name="TimeOfDay">A local time of the day, where the figure is one.</param>
/// <param name="EffectiveFrom">First day on which it is in force.</param>
/// <param name="Basis">Where it stands.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm it.</param>
internal sealed record LegalTermView(
    string Code,
    string Name,
    decimal Value,
    TermUnit? Unit,
    TimeOnly? TimeOfDay,
    DateOnly EffectiveFrom,
    string Basis,
    bool ToBeConfirmed
);

internal sealed class ListLegalTermsHandler(DossiersDbContext db) : IRequestHandler<ListLegalTerms, LegalTerms>
{
    public async Task<LegalTerms> Handle(ListLegalTerms request, CancellationToken ct)
    {
        var rows = await db.LegalTerms.AsNoTracking().OrderBy(t => t.Code).ThenBy(t => t.EffectiveFrom).ToListAsync(ct);
        return new([
            .. rows.Select(t => new LegalTermView(
                t.Code,
                Language.Pick(t.Name, t.NameEn),
                Plain(t.Value),
                t.Unit,
                t.TimeOfDay,
                t.EffectiveFrom,
                t.Basis,
                t.ToBeConfirmed
            )),
        ]);
    }

    // As written in the law: 8, not 8.000 as kept.
    private static decimal Plain(decimal value) => value == decimal.Truncate(value) ? decimal.Truncate(value) : value;
}

internal sealed class ListLegalTermsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/legal-terms", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the terms of law</summary>
    /// <remarks>Gives the figures of the law that acts on dossiers go by, with their source and the day from which they are in force.</remarks>
    private static async Task<ValueAnswer<LegalTerms>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListLegalTerms(), ct));
}
