using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record TrackDossier(string Code) : IQuery<Tracking>;

/// <summary>What anybody who holds the code may know. No word about the person.</summary>
/// <param name="Code">Dossier code.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureName">Its name, in the language of the request.</param>
/// <param name="AgencyName">The competent agency, in the language of the request.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ReceivedAt">When it was received; left out of what was only submitted.</param>
/// <param name="DueAt">When the result is promised: with linked dossiers, when all are. Left out while the clock stands still, and of what ended without a result.</param>
/// <param name="StepsDone">Steps completed.</param>
/// <param name="StepsTotal">Steps in all.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="ReturnedAt">When the result was given back.</param>
/// <param name="ReturnMethod">How it was given back.</param>
internal sealed record Tracking(
    string Code,
    string ProcedureCode,
    string ProcedureName,
    string AgencyName,
    DossierStatus Status,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    int StepsDone,
    int StepsTotal,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    ReturnMethod? ReturnMethod
);

internal sealed class TrackDossierHandler(DossiersDbContext db) : IRequestHandler<TrackDossier, Tracking>
{
    public async Task<Tracking> Handle(TrackDossier request, CancellationToken ct)
    {
        var row =
            await (
                from dossier in db.AllDossiers.WithCode(request.Code)
                join procedure in db.Procedures on dossier.ProcedureCode equals procedure.Code
                join agency in db.Agencies on dossier.AgencyCode equals agency.Code
                orderby dossier.Code != request.Code
                select new
                {
                    dossier.Code,
                    dossier.ProcedureCode,
                    ProcedureVi = procedure.Name,
                    ProcedureEn = procedure.NameEn,
                    AgencyVi = agency.Name,
                    AgencyEn = agency.NameEn,
                    dossier.Status,
                    dossier.OnlySubmitted,
                    dossier.ReceivedAt,
                    dossier.DueAt,
                    dossier.PromisedAt,
                    Linked = dossier.ParentId != null || db.AllDossiers.Any(d => d.ParentId == dossier.Id),
                    dossier.Steps,
                    dossier.SettledAt,
                    dossier.ReturnedAt,
                    dossier.ReturnMethod,
                }
            )
                .AsNoTracking()
                .FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException("dossier");
        return new(
            row.Code,
            row.ProcedureCode,
            Language.Pick(row.ProcedureVi, row.ProcedureEn),
            Language.Pick(row.AgencyVi, row.AgencyEn),
            row.Status,
            row.OnlySubmitted ? null : row.ReceivedAt,
                // Nobody comes for what ended without a result; linked dossiers have one appointment.
                row.Status
                    is DossierStatus.Stopped
                        or DossierStatus.Rejected
                    ? null
                : row.Linked && row.DueAt is not null && row.PromisedAt > row.DueAt ? row.PromisedAt
                : row.DueAt,
            row.Steps.Count(s => s.CompletedAt is not null),
            row.Steps.Count,
            row.SettledAt,
            row.ReturnedAt,
            row.ReturnMethod
        );
    }
}

internal sealed class TrackDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/tracking/{code}", Handle).AllowsAnonymous();

    /// <summary>Track a dossier</summary>
    /// <remarks>Tells anybody who holds the code where the dossier stands, without any personal data.</remarks>
    /// <param name="code">Dossier code, as printed on the receipt, or its code at the national portal.</param>
    private static async Task<ValueAnswer<Tracking>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new TrackDossier(code), ct));
}
