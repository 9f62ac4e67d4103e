using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record ExportProof(DateOnly From, DateOnly To) : IQuery<Func<Stream, CancellationToken, Task>>;

internal sealed class ExportProofHandler(DossiersDbContext db, ProofWriter proof)
    : IRequestHandler<ExportProof, Func<Stream, CancellationToken, Task>>
{
    public async Task<Func<Stream, CancellationToken, Task>> Handle(ExportProof request, CancellationToken ct)
    {
        Period.Check(request.From, request.To);
        var calendars = await proof.Calendars(request.To, ct);
        return (target, stop) => proof.Write(request.From, request.To, db.User.Scope, calendars, target, stop);
    }
}

internal sealed class ExportProofEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/proof", Handle).Requires(DossiersPermissions.Statistics).AnswersFile("application/x-ndjson");

    /// <summary>Export the proof of the figures</summary>
    /// <remarks>Gives the facts of every dossier that had to do with the period, one JSON object per line, without personal data: from them anybody can count the published figures again. Each line ends with a hash, the SHA-256 of the hash before (64 noughts for the first line) followed by the line as it reads without that member; the last line tells how many dossiers there are and repeats the last hash. The program in <c>samples/proof</c> checks and counts.</remarks>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    private static async Task<IResult> Handle(DateOnly from, DateOnly to, HttpContext http, ISender sender, CancellationToken ct)
    {
        var write = await sender.Send(new ExportProof(from, to), ct);
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        return TypedResults.Stream(body => write(body, ct), "application/x-ndjson", $"proof-{from:yyyyMMdd}-{to:yyyyMMdd}.ndjson");
    }
}
