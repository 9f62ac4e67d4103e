using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Bulk;

/// <summary>What became of one dossier in a bulk act.</summary>
internal enum BulkResult
{
    /// <summary>The act was done.</summary>
    Done,

    /// <summary>A rule or the state of the dossier says no.</summary>
    Refused,

    /// <summary>There is no such dossier, or the caller may not see it.</summary>
    NotFound,
}

/// <summary>What became of one dossier.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Result">Whether the act was done.</param>
/// <param name="Code">Why not, as a stable machine word; left out when it was done.</param>
/// <param name="Detail">Why not, in the language of the request.</param>
internal sealed record BulkLine(Guid DossierId, BulkResult Result, string? Code = null, string? Detail = null);

/// <summary>What became of every dossier of a bulk act.</summary>
/// <param name="Done">Dossiers on which the act was done.</param>
/// <param name="Refused">Dossiers on which it was not.</param>
/// <param name="Items">The outcome of each dossier, in the order asked for; each one stands once.</param>
internal sealed record BulkOutcome(int Done, int Refused, IReadOnlyList<BulkLine> Items);

/// <summary>
/// Does one act on many dossiers. All are held against others first, so none can change in between; each is then judged for itself, and one
/// that is refused leaves the others as they are. The caller saves once.
/// </summary>
internal sealed class BulkActs(IRepository<Dossier> dossiers, IDossierHold hold)
{
    public const int Most = 200;

    public async Task<BulkOutcome> Do(IReadOnlyList<Guid> dossierIds, Action<Dossier> act, CancellationToken ct)
    {
        List<DossierId> ids = [.. dossierIds.Distinct().Select(i => new DossierId(i))];
        await hold.Hold(ids, ct);
        var found = (await dossiers.List(new DossierAmong(ids), ct)).ToDictionary(d => d.Id);
        List<BulkLine> lines = [.. ids.Select(id => found.TryGetValue(id, out var dossier) ? Judge(dossier, act) : Missing(id))];
        var done = lines.Count(l => l.Result == BulkResult.Done);
        return new(done, lines.Count - done, lines);
    }

    private static BulkLine Judge(Dossier dossier, Action<Dossier> act)
    {
        try
        {
            act(dossier);
            return new(dossier.Id.Value, BulkResult.Done);
        }
        catch (BusinessRuleException e)
        {
            // Every act checks before it changes anything.
            return new(dossier.Id.Value, BulkResult.Refused, e.Error.Code, e.Error.TextFor(CultureInfo.CurrentUICulture));
        }
    }

    private static BulkLine Missing(DossierId id) =>
        new(
            id.Value,
            BulkResult.NotFound,
            "dossier-not-found",
            BuildingBlocks.Web.Language.Pick("Không tìm thấy hồ sơ.", "There is no such dossier.")
        );
}
