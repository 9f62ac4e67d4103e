using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Audit;

/// <summary>The chain of one module's trail, link by link; read as it is asked for.</summary>
internal sealed record ExportAuditChain(string Module) : IQuery<IAsyncEnumerable<AuditLink>>;

internal sealed class ExportAuditChainHandler(IdentityStore db, IEnumerable<ModuleContext> modules, IServiceProvider services)
    : IRequestHandler<ExportAuditChain, IAsyncEnumerable<AuditLink>>
{
    public async Task<IAsyncEnumerable<AuditLink>> Handle(ExportAuditChain request, CancellationToken ct)
    {
        AuditReach.MustCoverProvince(db.User);
        var module = modules.SingleOrDefault(m => m.Module.Name == request.Module) ?? throw new NotFoundException("module");
        db.Note("AuditTrail", request.Module);
        await db.SaveChangesAsync(ct);
        return module.Resolve(services).AuditLinks(ct);
    }
}

internal sealed class ExportAuditChainEndpoint : IEndpoint
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit-entries/chain/{module}", Handle).Requires(IdentityPermissions.Audit).AnswersFile("application/x-ndjson");

    /// <summary>Export the chain of the audit trail</summary>
    /// <remarks>Gives one JSON object per line, with <c>number</c>, <c>hash</c> and <c>line</c>: anybody can check that each hash is the SHA-256 of the bytes of the hash before, none for the first, followed by the line in UTF-8.</remarks>
    /// <param name="module" example="identity">Name of the module.</param>
    private static async Task<IResult> Handle(string module, HttpContext http, ISender sender, CancellationToken ct)
    {
        var links = await sender.Send(new ExportAuditChain(module), ct);
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        return TypedResults.Stream(
            async body =>
            {
                await foreach (var link in links.WithCancellation(ct))
                {
                    await JsonSerializer.SerializeAsync(body, link, JsonSerializerOptions.Web, ct);
                    await body.WriteAsync(LineEnd, ct);
                }
            },
            "application/x-ndjson",
            $"audit-{module}.ndjson"
        );
    }
}
