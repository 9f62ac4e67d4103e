using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

internal sealed record ListRetentionRules : IQuery<RetentionRules>;

/// <summary>The rules of retention.</summary>
/// <param name="Rules">The rules, those for procedures first, then those for fields, then that for all others; newest first.</param>
internal sealed record RetentionRules(IReadOnlyList<RetentionRuleView> Rules);

internal sealed class ListRetentionRulesHandler(DossiersDbContext db) : IRequestHandler<ListRetentionRules, RetentionRules>
{
    private const int Most = 1000;

    public async Task<RetentionRules> Handle(ListRetentionRules request, CancellationToken ct)
    {
        var rules = await db
            .RetentionRules.AsNoTracking()
            .OrderBy(r => r.ProcedureCode)
            .ThenBy(r => r.FieldCode)
            .ThenByDescending(r => r.EffectiveFrom)
            .Take(Most)
            .ToListAsync(ct);
        return new([.. rules.Select(RetentionRuleView.Of)]);
    }
}

internal sealed class ListRetentionRulesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/retention-rules", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>List the rules of retention</summary>
    /// <remarks>Gives for how long personal data of dossiers are kept after closing, with the source of each rule.</remarks>
    private static async Task<ValueAnswer<RetentionRules>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListRetentionRules(), ct));
}
