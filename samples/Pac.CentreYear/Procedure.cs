using System.Globalization;
using Pac.SharedKernel.WorkingTime;

namespace Pac.CentreYear;

/// <summary>A procedure of the catalogue, as far as a year needs it.</summary>
/// <param name="Code">Its code, provisional where the catalogue has none.</param>
/// <param name="Field">Its field.</param>
/// <param name="IsCommunes">Whether the commune decides, so that the agency has to be named.</param>
/// <param name="TermText">The term as the catalogue writes it.</param>
internal sealed record Procedure(string Code, string Field, bool IsCommunes, string TermText)
{
    private const string SameDay = "day@";
    private readonly DueRule[] _rules = [.. Enum.GetValues<Channel>().Select(c => DueRule.Of(TermText, c))];

    public bool IsSameDay { get; } = TermText.StartsWith(SameDay, StringComparison.Ordinal);

    public DateTimeOffset DueAt(DateTimeOffset receivedAt, Channel channel) => _rules[(int)channel].DueAt(receivedAt);

    private sealed record DueRule(TimeOnly? CutOff, Term Term)
    {
        public static DueRule Of(string text, Channel channel)
        {
            if (text.StartsWith(SameDay, StringComparison.Ordinal))
                return new(TimeOnly.ParseExact(text[SameDay.Length..], "HH:mm", CultureInfo.InvariantCulture), default);
            var terms = text.Split(',').Select(t => t.Split(':')).ToList();
            var own = terms.Find(t => t.Length == 2 && t[0].Equals(channel.ToString(), StringComparison.OrdinalIgnoreCase));
            var term = (own ?? terms.Find(t => t.Length == 1) ?? terms[0])[^1];
            var (unit, length) =
                term.EndsWith("wd", StringComparison.Ordinal) ? (TermUnit.WorkingDay, 2)
                : term.EndsWith('d') ? (TermUnit.CalendarDay, 1)
                : (TermUnit.WorkingHour, 1);
            return new(null, new(decimal.Parse(term[..^length], CultureInfo.InvariantCulture), unit));
        }

        public DateTimeOffset DueAt(DateTimeOffset receivedAt) =>
            CutOff is { } cutOff
                ? CentreCalendar.Calendar.DueSameDay(receivedAt, cutOff)
                : CentreCalendar.Calendar.DueAt(receivedAt, Term, DuePolicy.EndOfDay);
    }
}

/// <summary>What people come for: the mix of the fields, and the procedures within them.</summary>
internal static class Catalogue
{
    // Per mille. Identity cards, driving licences and criminal records are the groups that the centre's report names.
    private static readonly (string Field, int Share)[] Mix =
    [
        ("identity", 230),
        ("road-traffic", 190),
        ("criminal-records", 120),
        ("land", 85),
        ("civil-status", 70),
        ("residence", 65),
        ("notarial", 55),
        ("enterprise", 35),
        ("household-business", 30),
        ("social-protection", 27),
        ("immigration", 25),
        ("construction", 18),
        ("transport", 14),
        ("health", 10),
        ("labour", 8),
        ("merit", 7),
        ("resources-trade", 5),
        ("culture", 3),
        ("science", 3),
    ];

    private static readonly Dictionary<string, Procedure[]> ByField = Read()
        .GroupBy(p => p.Field)
        .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static readonly Dictionary<string, int> Numbers = Mix.Select((m, i) => (m.Field, i))
        .ToDictionary(m => m.Field, m => m.i + 1, StringComparer.Ordinal);

    public static IEnumerable<Procedure> All => ByField.Values.SelectMany(p => p);

    /// <summary>Number of a field, from 1; the codes of 2023 and 2024 carry it in the place of the unit.</summary>
    public static int NumberOf(string field) => Numbers[field];

    public static Procedure Any(SplitMix64 random)
    {
        var at = random.Below(1000);
        foreach (var (field, share) in Mix)
        {
            at -= share;
            if (at < 0)
                return In(field, random);
        }
        throw new InvalidOperationException("The shares of the fields are not 1000.");
    }

    /// <summary>A procedure of a field; the first ones of the catalogue are the frequent ones.</summary>
    public static Procedure In(string field, SplitMix64 random)
    {
        var procedures = ByField[field];
        return procedures[Math.Min(random.Below(procedures.Length), random.Below(procedures.Length))];
    }

    private static IEnumerable<Procedure> Read() =>
        from row in Resources.Rows("procedures.csv", ';')
        let number = int.Parse(row["row"], CultureInfo.InvariantCulture)
        let code = row["code"].Length > 0 ? row["code"] : string.Create(CultureInfo.InvariantCulture, $"9.{number:000000}")
        select new Procedure(code, row["field"], row["level"] == "C", row["term"]);
}
