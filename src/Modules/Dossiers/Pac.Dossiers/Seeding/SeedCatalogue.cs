using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Seeding;

/// <summary>
/// Fields, agencies and the catalogue as the domain study has it, with a mark at every figure that the operator has to confirm.
/// What is there already is left alone: the catalogue belongs to the operator.
/// </summary>
internal sealed class SeedCatalogue(DossiersDbContext db, TimeProvider clock) : ISeed
{
    // Centres receive under Decree 118/2025 since then.
    private static readonly DateOnly InForce = new(2025, 7, 1);

    // Hours by role, 8 to a day (domain study, section 5.4).
    private static readonly Dictionary<string, WorkflowStep[]> Templates = new()
    {
        ["SameDay"] = [new("reception", 2), new("caseOfficer", 3), new("leader", 2), new("clerk", 1)],
        ["ThreeDays"] =
        [
            new("reception", 2),
            new("unitHead", 2),
            new("caseOfficer", 12),
            new("unitHead", 2),
            new("leader", 4),
            new("clerk", 2),
        ],
        ["FiveDays"] =
        [
            new("reception", 2),
            new("unitHead", 2),
            new("caseOfficer", 24),
            new("unitHead", 4),
            new("leader", 6),
            new("clerk", 2),
        ],
        ["TenDays"] =
        [
            new("reception", 4),
            new("unitHead", 4),
            new("caseOfficer", 52),
            new("unitHead", 8),
            new("leader", 8),
            new("clerk", 4),
        ],
        ["PC20"] =
        [
            new("reception", 4),
            new("unitHead", 4),
            new("caseOfficer", 80),
            new("unitHead", 8),
            new("leader", 8),
            new("clerk", 4),
            new("peoplesCommittee", 48),
            new("clerk", 4),
        ],
    };

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        if (await db.Procedures.AnyAsync(ct))
            return;
        foreach (var cells in Rows("fields.csv"))
            db.Fields.Add(new(cells[0], cells[1], cells[2]));
        foreach (var cells in Rows("agencies.csv"))
            db.Agencies.Add(new(cells[0], cells[1], cells[2], Enum.Parse<AgencyLevel>(cells[3]), toBeConfirmed: true));
        foreach (var cells in Rows("procedures.csv"))
            db.Procedures.Add(ProcedureOf(cells, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private static Procedure ProcedureOf(string[] cells, DateTimeOffset now)
    {
        var row = int.Parse(cells[0], CultureInfo.InvariantCulture);
        List<string> confirm = [.. cells[9].Split(',', StringSplitOptions.RemoveEmptyEntries)];
        if (cells[1].Length == 0)
            confirm.Insert(0, "code");
        var (terms, cutOff) = TermsOf(cells[5]);
        var content = new ProcedureContent(
            cells[10],
            cells[11],
            cells[3] switch
            {
                "C" => AgencyLevel.Commune,
                "V" => AgencyLevel.Vertical,
                _ => AgencyLevel.Province,
            },
            cells[4].Length == 0 ? null : cells[4],
            terms,
            cutOff,
            DuePolicy.EndOfDay,
            cells[6].Length == 0 ? null : long.Parse(cells[6], CultureInfo.InvariantCulture),
            cells[7] switch
            {
                "F" => OnlineLevel.Full,
                "P" => OnlineLevel.Partial,
                _ => OnlineLevel.CounterOnly,
            },
            [.. cells[12].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(ComponentOf)],
            Templates[cells[8]],
            confirm,
            "Catalogue of the domain study, section 5.2, row " + cells[0]
        );
        var code = cells[1].Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"9.{row:000000}") : cells[1];
        return Procedure.Publish(code, cells[2], InForce, "Dữ liệu ban đầu, chờ xác nhận", content, now);
    }

    private static RequiredComponent ComponentOf(string text)
    {
        var parts = text.Split('!');
        return new(parts[0], parts[1], parts[2], Required: parts[3] != "o", FromSharedData: parts[3] == "s");
    }

    private static (ChannelTerm[] Terms, TimeOnly? CutOff) TermsOf(string text) =>
        text.StartsWith("day@", StringComparison.Ordinal)
            ? ([], TimeOnly.ParseExact(text[4..], "HH:mm", CultureInfo.InvariantCulture))
            : ([.. text.Split(',').Select(TermOf)], null);

    private static ChannelTerm TermOf(string text)
    {
        var parts = text.Split(':');
        var term = parts[^1];
        var (unit, length) =
            term.EndsWith("wd", StringComparison.Ordinal) ? (TermUnit.WorkingDay, 2)
            : term.EndsWith('d') ? (TermUnit.CalendarDay, 1)
            : (TermUnit.WorkingHour, 1);
        Channel? channel = parts.Length == 2 ? Enum.Parse<Channel>(parts[0], ignoreCase: true) : null;
        return new(channel, new(decimal.Parse(term[..^length], CultureInfo.InvariantCulture), unit));
    }

    private static IEnumerable<string[]> Rows(string name)
    {
        using var reader = new StreamReader(typeof(SeedCatalogue).Assembly.GetManifestResourceStream(name)!);
        var header = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (!header)
                yield return line.Split(';');
            header = false;
        }
    }
}
