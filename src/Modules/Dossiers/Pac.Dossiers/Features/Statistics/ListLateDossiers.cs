using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ListLateDossiers(DateOnly From, DateOnly To, OnTimeRule Definition, PageRequest Page) : IQuery<Page<LateDossier>>;

/// <summary>A dossier that was late under the definition asked for.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="FieldCode">The field.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="DueAt">When the result is due; left out while the clock stands still.</param>
/// <param name="SettledAt">When it was settled; left out while it is open, which only the rule of Decision 766 judges.</param>
/// <param name="LateCause">Why it was late, as stated.</param>
/// <param name="Shares">Whose hands it was in and for how long, in the order of the steps; empty where the hand-overs were not recorded.</param>
/// <param name="Agencies">How long each agency had it, turn by turn; empty where the hand-overs were not recorded.</param>
internal sealed record LateDossier(
    Guid Id,
    string Code,
    string ProcedureCode,
    string FieldCode,
    string AgencyCode,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt,
    string? LateCause,
    IReadOnlyList<TimeShare> Shares,
    IReadOnlyList<AgencyTime> Agencies
)
{
    /// <summary>Where it stands in the list.</summary>
    [JsonIgnore]
    public DateTimeOffset Place { get; init; }
}

/// <summary>The time that one body had a dossier.</summary>
/// <param name="Body">Role of the step, or <c>applicant</c> while something was awaited from the person.</param>
/// <param name="BodyCode">Code of the centre for the reception, of the competent agency for all other roles; left out for the applicant.</param>
/// <param name="Hours">Working hours it had the dossier.</param>
/// <param name="Allotted">Working hours it was allotted.</param>
/// <param name="Share">Its minutes, of all minutes.</param>
internal sealed record TimeShare(string Body, string? BodyCode, decimal Hours, decimal Allotted, Rate Share);

/// <summary>A turn of one agency.</summary>
/// <param name="AgencyCode">The agency.</param>
/// <param name="Hours">Working hours in which the clock ran while it had the dossier.</param>
/// <param name="Allotted">Working hours it was allotted; left out when none were set.</param>
/// <param name="DueAt">When its share was used up; left out when none was set.</param>
/// <param name="Result">How its hand-over lies to its share; left out while it has the dossier, and where only one agency had it.</param>
/// <param name="Share">Its minutes, of all minutes.</param>
internal sealed record AgencyTime(
    string AgencyCode,
    decimal Hours,
    decimal? Allotted,
    DateTimeOffset? DueAt,
    Timeliness? Result,
    Rate Share
);

internal sealed class ListLateDossiersHandler(LateDossierReader late) : IRequestHandler<ListLateDossiers, Page<LateDossier>>
{
    public async Task<Page<LateDossier>> Handle(ListLateDossiers request, CancellationToken ct)
    {
        var (from, to, rule, page) = request;
        Period.Check(from, to);
        var size = page.Size();
        long? total = page.WithTotal == true ? await late.Count(from, to, rule, ct) : null;
        var after = Cursors.ReadInstantAndId(page.Cursor);
        var rows = await late.Read((from, to), rule, after, size + 1, ct);
        return Page<LateDossier>.Of(rows, size, d => [d.Place, d.Id], total);
    }
}

internal sealed class ListLateDossiersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/late-dossiers", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>List the late dossiers</summary>
    /// <remarks>Names every dossier that was late in the period under the definition asked for, with its cause and the share of the time that each body and each agency had it, in the order of settlement. They are as many as the figures under the same definition count as late and overdue.</remarks>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    /// <param name="definition">By which definition on time is judged; by instant when left out.</param>
    private static async Task<PageAnswer<LateDossier>> Handle(
        DateOnly from,
        DateOnly to,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct,
        OnTimeRule? definition = null
    ) => new(await sender.Send(new ListLateDossiers(from, to, definition ?? OnTimeRule.ByInstant, page), ct));
}
