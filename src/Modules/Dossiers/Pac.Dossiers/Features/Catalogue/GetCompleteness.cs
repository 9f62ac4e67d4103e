using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetCompleteness(DateOnly? On) : IQuery<CompletenessReport>;

/// <summary>How complete the catalogue is (index 1.3 of Decision 766/QĐ-TTg).</summary>
/// <param name="On">The day it is for.</param>
/// <param name="InForce">Procedures in force.</param>
/// <param name="Complete">Of these, with all seven mandatory parts (Decree 63/2010, art. 8).</param>
/// <param name="Items">Procedures with something missing, or to be confirmed, by code.</param>
internal sealed record CompletenessReport(DateOnly On, int InForce, int Complete, IReadOnlyList<ProcedureGaps> Items);

/// <summary>What a procedure lacks.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="Version">Version in force, from 1.</param>
/// <param name="MissingParts">Mandatory parts that it does not state.</param>
/// <param name="ToBeConfirmed">Members whose figure the operator has to confirm.</param>
internal sealed record ProcedureGaps(
    string Code,
    int Version,
    IReadOnlyList<MandatoryPart> MissingParts,
    IReadOnlyList<string> ToBeConfirmed
);

internal sealed class GetCompletenessHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<GetCompleteness, CompletenessReport>
{
    public async Task<CompletenessReport> Handle(GetCompleteness request, CancellationToken ct)
    {
        var day = request.On ?? clock.GetUtcNow().LocalDay();
        var (inForce, complete) = (0, 0);
        List<ProcedureGaps> gaps = [];
        await foreach (var procedure in db.Procedures.AsNoTracking().OrderBy(p => p.Code).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (procedure.InForceOn(day) is not { } version)
                continue;
            inForce++;
            var missing = version.Content.MissingParts();
            complete += missing.Count == 0 ? 1 : 0;
            if (missing.Count > 0 || version.Content.ToBeConfirmed.Count > 0)
                gaps.Add(new(procedure.Code, version.Number, missing, version.Content.ToBeConfirmed));
        }
        return new(day, inForce, complete, gaps);
    }
}

internal sealed class GetCompletenessEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedure-completeness", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Read how complete the catalogue is</summary>
    /// <remarks>Counts the procedures in force that have all seven mandatory parts, and names those that lack one or have a figure to be confirmed.</remarks>
    /// <param name="on">The day; today when left out.</param>
    private static async Task<ValueAnswer<CompletenessReport>> Handle(DateOnly? on, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetCompleteness(on), ct));
}
