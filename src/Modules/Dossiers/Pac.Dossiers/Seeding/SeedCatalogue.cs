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
    // The decree by which centres receive.
    private const string OneStop = "nd-118-2025";

    // Centres receive under Decree 118/2025 since then.
    private static readonly DateOnly InForce = new(2025, 7, 1);

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        if (!await db.LegalBases.AnyAsync(ct))
            db.LegalBases.AddRange(Rows("legal-bases.csv").Select(BasisOf));
        var templates = Rows("workflow-templates.csv").Select(TemplateOf).ToDictionary(t => t.Code);
        if (!await db.WorkflowTemplates.AnyAsync(ct))
            db.WorkflowTemplates.AddRange(templates.Values);
        if (!await db.Procedures.AnyAsync(ct))
        {
            foreach (var cells in Rows("fields.csv"))
                db.Fields.Add(Field.Add(cells[0], cells[1], cells[2]));
            foreach (var cells in Rows("agencies.csv"))
                db.Agencies.Add(
                    Agency.Add(
                        cells[0],
                        new(cells[1], cells[2], Enum.Parse<AgencyLevel>(cells[3]), null, null, null, null, null, null, true)
                    )
                );
            var parts = new Parts(templates);
            foreach (var cells in Rows("procedures.csv"))
                db.Procedures.Add(ProcedureOf(cells, parts, clock.GetUtcNow()));
        }
        // What was taken in before the list could be searched.
        foreach (var procedure in await db.Procedures.Where(p => p.Search == "").ToListAsync(ct))
            procedure.KeepForSearch();
        await db.SaveChangesAsync(ct);
    }

    private static Procedure ProcedureOf(string[] cells, Parts parts, DateTimeOffset now)
    {
        var row = int.Parse(cells[0], CultureInfo.InvariantCulture);
        List<string> confirm = [.. cells[9].Split(',', StringSplitOptions.RemoveEmptyEntries)];
        if (cells[1].Length == 0)
            confirm.Insert(0, "code");
        if (parts.Exemptions.Contains(cells[0]))
            confirm.Add("exemptions");
        var (terms, cutOff) = TermsOf(cells[5]);
        var online = cells[7] switch
        {
            "F" => OnlineLevel.Full,
            "P" => OnlineLevel.Partial,
            _ => OnlineLevel.CounterOnly,
        };
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
            online,
            [.. cells[12].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(ComponentOf)],
            parts.Templates[cells[8]].Steps,
            confirm,
            "Catalogue of the domain study, section 5.2, row " + cells[0]
        )
        {
            Sets = 1,
            Channels =
                online == OnlineLevel.CounterOnly ? [Channel.Counter, Channel.Post] : [Channel.Counter, Channel.Online, Channel.Post],
            ApplicantKinds = [.. cells[13].Select(ApplicantOf)],
            Flags = new(AllowsAuthorisation: !cells[14].Contains('a', StringComparison.Ordinal)),
            Result = Given(cells[15]),
            ResultEn = Given(cells[16]),
            Workflow = cells[8],
            LegalBasisIds = [OneStop],
            Variants = [.. parts.Variants[cells[0]].Select(c => VariantOf(c, parts))],
            PersonGroups = [.. parts.Groups[cells[0]].Select(c => new PersonGroup(c[1], c[2], c[3]))],
            Fees = [.. parts.Fees[cells[0]].Select(FeeOf)],
            Exemptions = [.. parts.Exemptions[cells[0]].Select(c => new FeeExemption(c[1], c[5], Given(c[2]), DayOf(c[3]), DayOf(c[4])))],
        };
        var code = cells[1].Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"9.{row:000000}") : cells[1];
        return Procedure.Publish(code, cells[2], InForce, "Dữ liệu ban đầu, chờ xác nhận", content, now);
    }

    private static LegalBasis BasisOf(string[] cells) =>
        LegalBasis.Add(
            cells[0],
            new(
                cells[1],
                cells[2],
                cells[3],
                DayOf(cells[4]),
                DayOf(cells[5]),
                cells[6].Split(',', StringSplitOptions.RemoveEmptyEntries),
                cells[7] == "c"
            )
        );

    private static WorkflowTemplate TemplateOf(string[] cells) =>
        WorkflowTemplate.Add(cells[0], cells[1], cells[2], [.. cells[3].Split(',').Select(StepOf)], cells[4]);

    private static WorkflowStep StepOf(string text)
    {
        var parts = text.Split('+').Select(p => p.Split(':')).ToList();
        var asked = parts.Skip(1).Select(p => new Consultation(p[0], Hours(p[1]))).ToList();
        return new(parts[0][0], Hours(parts[0][1]), asked.Count > 0 ? asked : null);

        static decimal Hours(string cell) => decimal.Parse(cell, CultureInfo.InvariantCulture);
    }

    private static ProcedureVariant VariantOf(string[] cells, Parts parts)
    {
        var (terms, cutOff) = cells[4].Length == 0 ? ([], null) : TermsOf(cells[4]);
        return new(cells[1], cells[2], cells[3], terms, cutOff, cells[5].Length == 0 ? null : parts.Templates[cells[5]].Steps);
    }

    private static FeeRule FeeOf(string[] cells) =>
        new(
            cells[1],
            Enum.Parse<FeeKind>(cells[2]),
            cells[13],
            cells[14],
            long.Parse(cells[4], CultureInfo.InvariantCulture),
            Enum.Parse<FeeUnit>(cells[3]),
            cells[7].Length == 0 ? null : Enum.Parse<Channel>(cells[7]),
            Given(cells[8]),
            Given(cells[9]),
            DayOf(cells[10]),
            DayOf(cells[11]),
            Given(cells[12]),
            cells[5].Length == 0
                ? null
                :
                [
                    .. cells[5]
                        .Split(',')
                        .Select(t => t.Split(':'))
                        .Select(t => new FeeTier(
                            int.Parse(t[0], CultureInfo.InvariantCulture),
                            long.Parse(t[1], CultureInfo.InvariantCulture)
                        )),
                ],
            cells[6].Length == 0 ? null : long.Parse(cells[6], CultureInfo.InvariantCulture)
        );

    private static ApplicantKind ApplicantOf(char letter) =>
        letter switch
        {
            'e' => ApplicantKind.Enterprise,
            'o' => ApplicantKind.Organisation,
            _ => ApplicantKind.Citizen,
        };

    private static string? Given(string cell) => cell.Length == 0 ? null : cell;

    private static DateOnly? DayOf(string cell) =>
        cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);

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

    /// <summary>What belongs to a row of the catalogue, from the other files.</summary>
    private sealed record Parts(IReadOnlyDictionary<string, WorkflowTemplate> Templates)
    {
        public ILookup<string, string[]> Variants { get; } = Rows("variants.csv").ToLookup(c => c[0]);

        public ILookup<string, string[]> Groups { get; } = Rows("person-groups.csv").ToLookup(c => c[0]);

        public ILookup<string, string[]> Exemptions { get; } = Rows("exemptions.csv").ToLookup(c => c[0]);

        public ILookup<string, string[]> Fees { get; } = Rows("fees.csv").ToLookup(c => c[0]);
    }
}
