using MediatR;
using Pac.Identity.Contracts;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.ForOtherModules;

internal sealed class GetRightHoldersHandler(IdentityStore db, TimeProvider clock)
    : IRequestHandler<GetRightHolders, IReadOnlyList<RightHolder>>
{
    public async Task<IReadOnlyList<RightHolder>> Handle(GetRightHolders request, CancellationToken ct) =>
        await db.Holders(request, clock.GetUtcNow().LocalDay(), ct);
}
