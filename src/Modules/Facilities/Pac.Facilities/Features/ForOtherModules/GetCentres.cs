using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.Facilities.Contracts;
using Pac.Facilities.Domain;
using Pac.Facilities.Persistence;

namespace Pac.Facilities.Features.ForOtherModules;

internal sealed class GetCentresHandler(FacilitiesDbContext db) : IRequestHandler<GetCentres, IReadOnlyList<CentreName>>
{
    public async Task<IReadOnlyList<CentreName>> Handle(GetCentres request, CancellationToken ct) =>
        await db
            .Centres.OrderBy(c => c.Code)
            .Select(c => new CentreName(c.Code, c.Name, c.NameEn, c.Address, c.Level == CentreLevel.Province))
            .ToListAsync(ct);
}
