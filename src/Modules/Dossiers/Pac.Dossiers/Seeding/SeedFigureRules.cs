using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Seeding;

/// <summary>How reporting periods are cut and what the indices of Decision 766 are worth, with a mark at what the operator has to confirm.</summary>
internal sealed class SeedFigureRules(DossiersDbContext db) : ISeed
{
    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        if (!await db.ReportingRules.AnyAsync(ct))
            db.ReportingRules.Add(new(new(2019, 3, 12), 15, 1, "Nghị định 09/2019/NĐ-CP", toBeConfirmed: true));
        if (!await db.QualityParameters.AnyAsync(ct))
            foreach (var cells in Rows("quality-index.csv"))
                db.QualityParameters.Add(
                    new(
                        cells[0],
                        DateOnly.ParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                        Number(cells[2]),
                        Number(cells[3]),
                        cells[4],
                        toBeConfirmed: cells[5] == "true"
                    )
                );
        await db.SaveChangesAsync(ct);
    }

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string name)
    {
        using var reader = new StreamReader(typeof(SeedFigureRules).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                yield return line.Split(';');
    }
}
