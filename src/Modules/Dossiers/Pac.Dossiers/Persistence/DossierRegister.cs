using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

internal sealed class DossierRegister(DossiersDbContext db) : IDossierRegister
{
    public async Task<IReadOnlyList<RegisterRow>> Read(DateOnly from, DateOnly to, string? centreCode, int most, CancellationToken ct) =>
        await Rows(from, to, centreCode).Take(most).Select(Row(db)).ToListAsync(ct);

    public Task<int> Count(DateOnly from, DateOnly to, string? centreCode, CancellationToken ct) =>
        Received(db.Visible, from, to, centreCode).CountAsync(ct);

    public IAsyncEnumerable<RegisterRow> Stream(DateOnly from, DateOnly to, string? centreCode) =>
        Rows(from, to, centreCode).Select(Row(db)).AsAsyncEnumerable();

    private IQueryable<Dossier> Rows(DateOnly from, DateOnly to, string? centreCode) =>
        Received(db.VisibleInOrder(), from, to, centreCode).OrderBy(d => d.ReceivedAt).ThenBy(d => d.Id);

    private static IQueryable<Dossier> Received(IQueryable<Dossier> dossiers, DateOnly from, DateOnly to, string? centreCode)
    {
        var begin = from.StartInstant().ToUniversalTime();
        var end = to.AddDays(1).StartInstant().ToUniversalTime();
        var rows = dossiers.Where(d => !d.OnlySubmitted && d.ReceivedAt >= begin && d.ReceivedAt < end);
        return centreCode is null ? rows : rows.Where(d => d.CentreCode == centreCode);
    }

    private static Expression<Func<Dossier, RegisterRow>> Row(DossiersDbContext db) =>
        d => new RegisterRow(
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
        );

    public void NotePrinted(DateOnly from, DateOnly to, int rows) =>
        db.Note(
            "register",
            string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}..{to:yyyy-MM-dd}"),
            string.Create(CultureInfo.InvariantCulture, $$"""{"rows":[null,"{{rows}}"]}""")
        );
}
