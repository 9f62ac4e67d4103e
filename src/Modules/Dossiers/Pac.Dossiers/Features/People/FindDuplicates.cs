using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.People;

internal sealed record FindDuplicates(Guid Id) : IQuery<DuplicateList>;

/// <summary>Dossiers that look like one dossier.</summary>
/// <param name="Items">Dossiers of the same procedure in which the applicant or the owner of this one applies or is the owner, and that have not ended, and those that were judged; at most 50, newest first.</param>
internal sealed record DuplicateList(IReadOnlyList<PossibleDuplicate> Items);

/// <summary>A dossier that looks like another one.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Its code.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CentreCode">Centre that received it.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Same">What a person decided: whether both are the same request; left out while nobody has decided.</param>
/// <param name="Reason">Why it was decided so.</param>
/// <param name="FoundAs">In which part of it somebody of this dossier was found.</param>
internal sealed record PossibleDuplicate(
    Guid Id,
    string Code,
    DossierStatus Status,
    string CentreCode,
    DateTimeOffset ReceivedAt,
    bool? Same,
    string? Reason,
    PersonPart FoundAs
);

internal sealed class FindDuplicatesHandler(DossiersDbContext db) : IRequestHandler<FindDuplicates, DuplicateList>
{
    private const int Most = 50;

    public async Task<DuplicateList> Handle(FindDuplicates request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        var dossier = await db.FindVisible(id) ?? throw new NotFoundException("dossier");
        byte[][] people = [.. new[] { dossier.Applicant.IdentityIndex, dossier.Parties?.Owner?.IdentityNumber?.Index }.OfType<byte[]>()];
        if (people.Length == 0)
            return new([]);
        var verdicts = (dossier.DuplicateVerdicts ?? []).ToDictionary(v => v.OtherId);
        var judged = verdicts.Keys.Select(k => new DossierId(k)).ToList();
        var alike = await db
            .Visible.AsNoTracking()
            .OfPeople(db, people[0], people[^1])
            .Where(d => d.ProcedureCode == dossier.ProcedureCode && d.Id != id)
            .Where(d => d.SettledAt == null || judged.Contains(d.Id))
            .OrderByDescending(d => d.ReceivedAt)
            .Take(Most)
            .ToListAsync(ct);
        return new([
            .. alike.Select(d =>
            {
                var verdict = verdicts.GetValueOrDefault(d.Id.Value);
                return new PossibleDuplicate(
                    d.Id.Value,
                    d.Code,
                    d.Status,
                    d.CentreCode,
                    d.ReceivedAt,
                    verdict?.Same,
                    verdict?.Reason,
                    Part(d)
                );
            }),
        ]);

        PersonPart Part(Dossier other) => people.Select(other.PartOf).OfType<PersonPart>().Min();
    }
}

internal sealed class FindDuplicatesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/duplicates", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Find possible duplicates of a dossier</summary>
    /// <remarks>Gives other dossiers for the same procedure of whoever applies here or whose affair this is, as far as the caller may see them, with what was decided.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DuplicateList>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new FindDuplicates(id), ct));
}
