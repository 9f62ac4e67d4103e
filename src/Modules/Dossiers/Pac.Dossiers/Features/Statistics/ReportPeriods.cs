using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>Which report is wanted. Without a year or days it is the reporting year of today.</summary>
/// <param name="Year">Reporting year, 2001 to 2099.</param>
/// <param name="Quarter">Quarter of the reporting year, 1 to 4; the whole year when left out.</param>
/// <param name="From">First day, instead of a year.</param>
/// <param name="To">Last day, instead of a year.</param>
/// <param name="By">By what the rows are: <c>field</c>, or <c>agency</c>.</param>
/// <param name="Definition">By which definition on time is judged: by instant when left out, or by day.</param>
/// <param name="Format">The form wanted: <c>json</c>, <c>xlsx</c> or <c>csv</c>.</param>
internal sealed record ReportFilter(
    [property: FromQuery(Name = "year")] int? Year = null,
    [property: FromQuery(Name = "quarter")] int? Quarter = null,
    [property: FromQuery(Name = "periodFrom")] DateOnly? From = null,
    [property: FromQuery(Name = "periodTo")] DateOnly? To = null,
    [property: FromQuery(Name = "by")] string? By = null,
    [property: FromQuery(Name = "definition")] OnTimeRule? Definition = null,
    [property: FromQuery(Name = "format")] string? Format = null
);

/// <summary>The days of a report and the rule that cut them.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Rule">Where the rule on the period comes from; left out when the days were named.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm the rule.</param>
internal sealed record ReportPeriod(DateOnly From, DateOnly To, string? Rule, bool ToBeConfirmed);

/// <summary>Cuts reporting periods by the rule in force, which is data (Decree 09/2019/ND-CP: the quarter begins on the 15th of the month before).</summary>
internal sealed class ReportPeriods(DossiersDbContext db, TimeProvider clock)
{
    public async Task<ReportPeriod> Of(ReportFilter f, CancellationToken ct)
    {
        if (f.By is not (null or "field" or "agency"))
            throw InvalidRequestException.Query("by", "unknown-dimension", "Chỉ có field hoặc agency.", "The rows are by field or agency.");
        if (f.Definition == OnTimeRule.By766)
            throw InvalidRequestException.Query(
                "definition",
                "not-for-reports",
                "Báo cáo chỉ tính theo byInstant hoặc byDay.",
                "Reports are counted by instant or by day."
            );
        if (f.Year is < 2001 or > 2099)
            throw InvalidRequestException.Query(
                "year",
                "out-of-range",
                "Năm phải từ 2001 đến 2099.",
                "The year must be between 2001 and 2099."
            );
        if (f.Quarter is < 1 or > 4 || f.Quarter is not null && f.Year is null)
            throw InvalidRequestException.Query(
                "quarter",
                "out-of-range",
                "Quý phải từ 1 đến 4 và đi kèm năm.",
                "The quarter must be between 1 and 4 and goes with a year."
            );
        if ((f.From is null) != (f.To is null) || f.From is not null && f.Year is not null)
            throw InvalidRequestException.Query(
                "periodFrom",
                "unclear",
                "Nêu năm báo cáo, hoặc cả ngày đầu và ngày cuối.",
                "Name a reporting year, or both the first and the last day."
            );
        if (f is { From: { } from, To: { } to })
        {
            Period.Check(from, to);
            return new(from, to, null, false);
        }
        var today = clock.GetUtcNow().LocalDay();
        var rules = await db.ReportingRules.AsNoTracking().OrderByDescending(r => r.EffectiveFrom).ToListAsync(ct);
        foreach (var rule in rules)
        {
            var (first, last) = rule.Of(f.Year ?? rule.YearOf(today), f.Quarter);
            if (last >= rule.EffectiveFrom)
                return new(first, last, rule.Source, rule.ToBeConfirmed);
        }
        throw new BusinessRuleException(FigureErrors.NoReportingPeriod);
    }
}
