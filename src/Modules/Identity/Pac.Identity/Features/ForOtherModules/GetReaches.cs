using MediatR;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Contracts;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.ForOtherModules;

internal sealed class GetReachesHandler(IdentityStore db, TimeProvider clock) : IRequestHandler<GetReaches, IReadOnlyList<CallerReach>>
{
    public async Task<IReadOnlyList<CallerReach>> Handle(GetReaches request, CancellationToken ct) =>
        [
            .. (await db.Reaches(request.Callers, request.Permission, clock.GetUtcNow().LocalDay(), ct))
                .GroupBy(r => (r.Subject, r.ClientId))
                .Select(g => g.MaxBy(r => DataScope.Parse(r.Scope, r.Subject).Kind)!),
        ];
}
