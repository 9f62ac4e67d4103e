using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Contracts;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Features.ForOtherModules;

internal sealed class GetAgenciesHandler(DossiersDbContext db) : IRequestHandler<GetAgencies, IReadOnlyList<AgencyName>>
{
    public async Task<IReadOnlyList<AgencyName>> Handle(GetAgencies request, CancellationToken ct) =>
        await db.Agencies.OrderBy(a => a.Code).Select(a => new AgencyName(a.Code, a.Name, a.NameEn)).ToListAsync(ct);
}
