using MediatR;
using Pac.Elsewhere.Contracts;

namespace Pac.Violations.Features.Leaks;

// Rule 19: one question for each row.
internal sealed class AsksInLoop(ISender sender)
{
    public async Task Ask(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var id in ids)
        {
            if (id != Guid.Empty)
                await sender.Send(new GetThing(id), ct);
        }
    }
}
