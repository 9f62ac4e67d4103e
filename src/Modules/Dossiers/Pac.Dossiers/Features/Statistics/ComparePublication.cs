using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ComparePublication(Guid Id) : IQuery<PublicationComparison>;

/// <summary>Published figures beside what the records say now.</summary>
/// <param name="Unchanged">Whether all figures are as they were published.</param>
/// <param name="Definition">How the figures of now are defined.</param>
/// <param name="Changes">What differs, totals first.</param>
internal sealed record PublicationComparison(bool Unchanged, FigureDefinition Definition, IReadOnlyList<FigureChange> Changes);

/// <summary>A figure that has changed since it was published.</summary>
/// <param name="Key">Its group; empty for the totals.</param>
/// <param name="Member" example="received">Which figure.</param>
/// <param name="Published">As published.</param>
/// <param name="Now">As it is now.</param>
internal sealed record FigureChange(IReadOnlyDictionary<string, string> Key, string Member, long Published, long Now);

internal sealed class ComparePublicationHandler(DossiersDbContext db, FigureReader figures)
    : IRequestHandler<ComparePublication, PublicationComparison>
{
    private static readonly Dictionary<string, string> Totals = [];

    public async Task<PublicationComparison> Handle(ComparePublication request, CancellationToken ct)
    {
        var id = new PublicationId(request.Id);
        var p =
            await db.Publications.AsNoTracking().Where(new PublishedFor(db.User.Scope.ToString())).FirstOrDefaultAsync(x => x.Id == id, ct)
            ?? throw new NotFoundException("publication");
        var then = FrozenFigures.Read(p.Figures);
        var now = await figures.Read(new(p.From, p.To, p.GroupBy, Definition: p.Definition), DataScope.Parse(p.Scope, ""), ct);
        List<FigureChange> changes = [.. Differences(Totals, FigureGroup.Of(Totals, then.Totals), FigureGroup.Of(Totals, now.Totals))];
        var groups = now.Groups.ToDictionary(Name);
        foreach (var group in then.Groups)
            changes.AddRange(Differences(group.Key, group, groups.GetValueOrDefault(Name(group))));
        var known = then.Groups.Select(Name).ToHashSet();
        foreach (var group in now.Groups.Where(g => !known.Contains(Name(g))))
            changes.AddRange(Differences(group.Key, null, group));
        return new(changes.Count == 0, now.Definition, changes);
    }

    private static string Name(FigureGroup g) =>
        string.Join('\u001f', g.Key.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Value));

    private static IEnumerable<FigureChange> Differences(IReadOnlyDictionary<string, string> key, FigureGroup? then, FigureGroup? now) =>
        Members(then)
            .Zip(Members(now))
            .Where(m => m.First.Value != m.Second.Value && (m.First.Name != "rejected" || then is not { Rejected: null }))
            .Select(m => new FigureChange(key, m.First.Name, m.First.Value, m.Second.Value));

    private static (string Name, long Value)[] Members(FigureGroup? g) =>
        [
            ("carriedOver", g?.CarriedOver ?? 0),
            ("received", g?.Received ?? 0),
            ("settled", g?.Settled ?? 0),
            ("early", g?.Early ?? 0),
            ("onTime", g?.OnTime ?? 0),
            ("late", g?.Late ?? 0),
            ("returned", g?.Returned ?? 0),
            ("withdrawn", g?.Withdrawn ?? 0),
            ("refused", g?.Refused ?? 0),
            ("stopped", g?.Stopped ?? 0),
            ("open", g?.Open ?? 0),
            ("overdue", g?.Overdue ?? 0),
            ("rejected", g?.Rejected ?? 0),
        ];
}

internal sealed class ComparePublicationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/publications/{id}/comparison", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Compare published figures with the records</summary>
    /// <remarks>Counts the same figures from the records of now and names every one that has changed since it was published.</remarks>
    /// <param name="id">Identifier of the publication.</param>
    private static async Task<ValueAnswer<PublicationComparison>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ComparePublication(id), ct));
}
