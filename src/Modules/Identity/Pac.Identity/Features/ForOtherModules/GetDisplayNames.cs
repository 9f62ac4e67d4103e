using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Contracts;
using Pac.Identity.Persistence;

namespace Pac.Identity.Features.ForOtherModules;

internal sealed class GetDisplayNamesHandler(IdentityStore db) : IRequestHandler<GetDisplayNames, IReadOnlyList<DisplayNameOf>>
{
    public async Task<IReadOnlyList<DisplayNameOf>> Handle(GetDisplayNames request, CancellationToken ct)
    {
        List<Guid> users = [.. request.Subjects.Select(s => Guid.TryParse(s, out var id) ? id : (Guid?)null).OfType<Guid>()];
        return users.Count == 0
            ? []
            : await db
                .Users.Where(u => users.Contains(u.Id))
                .Select(u => new DisplayNameOf(u.Id.ToString(), u.DisplayName))
                .ToListAsync(ct);
    }
}
