using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Escalations;

internal sealed record ListEscalationRules : IQuery<EscalationRuleList>;

/// <summary>Who is told of which term, and when.</summary>
/// <param name="Items">The rules by code and first day in force.</param>
internal sealed record EscalationRuleList(IReadOnlyList<EscalationRuleView> Items);

internal sealed class ListEscalationRulesHandler(DossiersDbContext db) : IRequestHandler<ListEscalationRules, EscalationRuleList>
{
    public async Task<EscalationRuleList> Handle(ListEscalationRules request, CancellationToken ct)
    {
        var rules = await db.EscalationRules.AsNoTracking().OrderBy(r => r.Code).ThenBy(r => r.EffectiveFrom).ToListAsync(ct);
        return new([.. rules.Select(EscalationRuleView.Of)]);
    }
}

internal sealed class ListEscalationRulesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/escalation-rules", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the rules of escalation</summary>
    /// <remarks>Gives who is told of which term, how long before or after its end, with the day from which each rule is in force.</remarks>
    private static async Task<ValueAnswer<EscalationRuleList>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListEscalationRules(), ct));
}
