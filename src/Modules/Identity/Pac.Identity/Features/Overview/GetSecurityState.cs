using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Auditing;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Overview;

/// <summary>Asks how the keys of the server and the chains of the audit trail stand.</summary>
internal sealed record GetSecurityState : IQuery<SecurityStateView>;

/// <summary>How the keys and the chains stand.</summary>
internal sealed record SecurityStateView(
    DateTimeOffset? SigningKeySince,
    DateTimeOffset? NextSigningKeyFrom,
    IReadOnlyList<AuditChainView> Chains
);

/// <summary>How far one module's trail is sealed.</summary>
internal sealed record AuditChainView(string Module, long Sealed, int Open);

internal sealed class GetSecurityStateHandler(
    IdentityStore db,
    IEnumerable<ModuleContext> modules,
    IServiceProvider services,
    TimeProvider clock
) : IRequestHandler<GetSecurityState, SecurityStateView>
{
    public async Task<SecurityStateView> Handle(GetSecurityState request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var keys = await db.ServerKeys.Where(k => k.Use == "sig").Select(k => k.ActiveFrom).Order().ToListAsync(ct);
        List<AuditChainView> chains = [];
        foreach (var module in modules)
        {
            var context = module.Resolve(services);
            var seals = context.Set<AuditSeal>();
            var last = await seals.OrderByDescending(s => s.Number).Select(s => new { s.Number, s.EntrySeq }).FirstOrDefaultAsync(ct);
            // What was written after the last sealed entry; the whole chain is walked by its own check.
            var sealedTo = last?.EntrySeq ?? 0;
            var open = await context.Audit.CountAsync(a => a.Seq > sealedTo, ct);
            chains.Add(new(module.Module.Name, last?.Number ?? 0, open));
        }
        return new(
            keys.Where(k => k <= now).Cast<DateTimeOffset?>().LastOrDefault(),
            keys.Where(k => k > now).Cast<DateTimeOffset?>().FirstOrDefault(),
            chains
        );
    }
}
