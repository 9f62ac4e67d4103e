using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierRegister(DossiersDbContext db) : IDossierRegister
{
    public async Task<IReadOnlyList<RegisterRow>> Read(DateOnly from, DateOnly to, string? centreCode, int most, CancellationToken ct)
    {
        var begin = from.StartInstant().ToUniversalTime();
        var end = to.AddDays(1).StartInstant().ToUniversalTime();
        var rows = db.Visible.Where(d => !d.OnlySubmitted && d.ReceivedAt >= begin && d.ReceivedAt < end);
        if (centreCode is not null)
            rows = rows.Where(d => d.CentreCode == centreCode);
        return await rows.OrderBy(d => d.ReceivedAt)
            .ThenBy(d => d.Id)
            .Take(most)
            .Select(d => new RegisterRow(
                d.Code,
                d.ProcedureCode,
                db.Procedures.Where(p => p.Code == d.ProcedureCode).Select(p => p.Name).FirstOrDefault() ?? d.ProcedureCode,
                d.Components,
                d.Applicant.Name,
                d.Applicant.Address,
                d.Applicant.Phone,
                d.AgencyCode,
                db.Agencies.Where(a => a.Code == d.AgencyCode).Select(a => a.Name).FirstOrDefault() ?? d.AgencyCode,
                d.Channel,
                d.Status,
                d.ReceivedAt,
                d.DueAt,
                d.SettledAt,
                d.ReturnedAt,
                d.ReturnMethod,
                d.LateCause
            ))
            .ToListAsync(ct);
    }

    public void NotePrinted(DateOnly from, DateOnly to, int rows) =>
        db.Note(
            "register",
            string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}..{to:yyyy-MM-dd}"),
            string.Create(CultureInfo.InvariantCulture, $$"""{"rows":[null,"{{rows}}"]}""")
        );
}
