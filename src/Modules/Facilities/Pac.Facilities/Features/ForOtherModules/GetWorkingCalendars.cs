using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.Facilities.Contracts;
using Pac.Facilities.Persistence;

namespace Pac.Facilities.Features.ForOtherModules;

internal sealed class GetWorkingCalendarsHandler(FacilitiesDbContext db)
    : IRequestHandler<GetWorkingCalendars, IReadOnlyList<CentreCalendar>>
{
    public async Task<IReadOnlyList<CentreCalendar>> Handle(GetWorkingCalendars request, CancellationToken ct)
    {
        var rows = await (
            from centre in db.Centres
            where request.CentreCodes.Contains(centre.Code)
            join calendar in db.Calendars on centre.CalendarCode equals calendar.Code
            from version in db.CalendarVersions
            where version.CalendarId == calendar.Id && version.Number == calendar.CurrentVersion
            select new
            {
                centre.Code,
                centre.Name,
                centre.Address,
                CalendarCode = calendar.Code,
                Version = version,
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new CentreCalendar(
                r.Code,
                r.Name,
                r.Address,
                r.Version.Content.ToDefinition(r.CalendarCode, r.Version.Number)
            )),
        ];
    }
}
