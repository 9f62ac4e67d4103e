namespace Pac.Dossiers.Domain;

/// <summary>What kind of money it is; each has its own receipt (domain study, section 2.6).</summary>
internal enum FeeKind
{
    /// <summary>A fee for a service (phí).</summary>
    Fee,

    /// <summary>A charge set by the state (lệ phí).</summary>
    Charge,
}

/// <summary>Of what a rule states the price.</summary>
internal enum FeeUnit
{
    /// <summary>The dossier, whatever is in it.</summary>
    Dossier,

    /// <summary>Each copy of the result.</summary>
    Copy,

    /// <summary>Each page of each copy.</summary>
    Page,

    /// <summary>The value that the applicant declares: an amount, and a percentage of what lies over a threshold.</summary>
    Value,
}

/// <summary>Who takes the money.</summary>
internal enum FeeCollector
{
    /// <summary>The centre; it is paid before the result is returned.</summary>
    Centre,

    /// <summary>The competent agency or the treasury, outside this system (nộp trực tiếp cho cơ quan giải quyết); no return waits for it.</summary>
    Agency,
}

/// <summary>People for whom another price holds (đối tượng), such as pupils or persons with merit.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
internal sealed record PersonGroup(string Code, string Name, string NameEn);

/// <summary>From which copy or page on another price holds.</summary>
/// <param name="From">First copy or page of this price, from 2.</param>
/// <param name="Dong">Price of each of them, in dong.</param>
internal sealed record FeeTier(int From, long Dong);

/// <summary>A percentage of the declared value (mức thu theo tỷ lệ).</summary>
/// <param name="Above">Of what lies over this much, in dong, up to where the next percentage begins.</param>
/// <param name="Percent">How many per cent, with at most four decimals.</param>
internal sealed record FeeShare(long Above, decimal Percent);

/// <summary>
/// A price: for whom, over which channel, from when to when, and by which instrument. Of the rules of one line that fit a question, the one for the
/// person's group wins, then the one for the variant, then the one for the channel, then the one that began last.
/// </summary>
/// <param name="Code">The line it belongs to; rules of one line are alternatives, lines are added up.</param>
/// <param name="Kind">Fee or charge.</param>
/// <param name="Name">What is paid for, in Vietnamese.</param>
/// <param name="NameEn">What is paid for, in English.</param>
/// <param name="Dong">Price of the dossier, or of the first copy or page, or what is paid before any percentage, in dong.</param>
/// <param name="Unit">Of what it is the price.</param>
/// <param name="Channel">Only over this channel.</param>
/// <param name="PersonGroup">Only for this group of people.</param>
/// <param name="VariantCode">Only for this variant.</param>
/// <param name="EffectiveFrom">First day it holds; from the beginning when left out.</param>
/// <param name="EffectiveTo">Last day it holds; without end when left out.</param>
/// <param name="LegalBasisId">The instrument that sets it.</param>
/// <param name="Tiers">Other prices from a certain copy or page on, ascending.</param>
/// <param name="MostDong">Most for all copies, for all pages of one copy, or for a declared value, in dong.</param>
/// <param name="LeastDong">Least for a declared value, in dong.</param>
/// <param name="Shares">Percentages of a declared value, ascending; each of what lies over its threshold.</param>
/// <param name="Collector">Who takes the money; the centre when left out.</param>
internal sealed record FeeRule(
    string Code,
    FeeKind Kind,
    string Name,
    string NameEn,
    long Dong,
    FeeUnit Unit = FeeUnit.Dossier,
    Channel? Channel = null,
    string? PersonGroup = null,
    string? VariantCode = null,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveTo = null,
    string? LegalBasisId = null,
    IReadOnlyList<FeeTier>? Tiers = null,
    long? MostDong = null,
    long? LeastDong = null,
    IReadOnlyList<FeeShare>? Shares = null,
    FeeCollector Collector = FeeCollector.Centre
)
{
    /// <summary>How closely it fits: the group of the person before the variant before the channel.</summary>
    internal int Closeness => (PersonGroup is null ? 0 : 4) + (VariantCode is null ? 0 : 2) + (Channel is null ? 0 : 1);

    public bool HoldsOn(DateOnly day) => (EffectiveFrom ?? DateOnly.MinValue) <= day && day <= (EffectiveTo ?? DateOnly.MaxValue);

    public bool Fits(FeeQuestion q) =>
        HoldsOn(q.On)
        && (Channel is null || Channel == q.Channel)
        && (PersonGroup is null || PersonGroup == q.PersonGroup)
        && (VariantCode is null || VariantCode == q.VariantCode);

    /// <summary>Whether somebody could not tell which of the two holds.</summary>
    public bool Clashes(FeeRule other) =>
        (Code, Channel, PersonGroup, VariantCode, EffectiveFrom)
        == (other.Code, other.Channel, other.PersonGroup, other.VariantCode, other.EffectiveFrom);

    /// <summary>Whether what the question leaves open decides the price.</summary>
    public bool NeedsMoreThan(FeeQuestion q) => Unit == FeeUnit.Page && q.Pages is null || Unit == FeeUnit.Value && q.DeclaredValue is null;

    /// <summary>What it comes to, in dong. Pages that are not known count as one, a value that is not declared as none.</summary>
    public long Amount(FeeQuestion q) =>
        Unit switch
        {
            FeeUnit.Copy => Capped(Sum(q.Copies)),
            FeeUnit.Page => q.Copies * Capped(Sum(q.Pages ?? 1)),
            FeeUnit.Value => Capped(Math.Max(LeastDong ?? 0, Dong + Share(q.DeclaredValue ?? 0))),
            _ => Dong,
        };

    // Half a dong or more is a whole one.
    private long Share(long value)
    {
        var (sum, shares) = (0m, Shares ?? []);
        for (var i = 0; i < shares.Count && shares[i].Above < value; i++)
        {
            var end = i + 1 < shares.Count ? Math.Min(value, shares[i + 1].Above) : value;
            sum += (end - shares[i].Above) * shares[i].Percent / 100;
        }
        return (long)Math.Round(sum, MidpointRounding.AwayFromZero);
    }

    private long Capped(long dong) => Math.Min(dong, MostDong ?? long.MaxValue);

    // Units 1 to n, each at the price of the last tier that has begun.
    private long Sum(int units)
    {
        var (sum, price, begun) = (0L, Dong, 1);
        foreach (var tier in Tiers ?? [])
        {
            if (tier.From > units)
                break;
            sum += price * (tier.From - begun);
            (price, begun) = (tier.Dong, tier.From);
        }
        return sum + price * (units - begun + 1);
    }
}

/// <summary>That a group of people pays nothing, and by which instrument.</summary>
/// <param name="PersonGroup">The group.</param>
/// <param name="LegalBasisId">The instrument that frees them.</param>
/// <param name="FeeCode">The line they are freed from; all lines when left out.</param>
/// <param name="EffectiveFrom">First day it holds; from the beginning when left out.</param>
/// <param name="EffectiveTo">Last day it holds; without end when left out.</param>
internal sealed record FeeExemption(
    string PersonGroup,
    string LegalBasisId,
    string? FeeCode = null,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveTo = null
)
{
    public bool HoldsOn(DateOnly day) => (EffectiveFrom ?? DateOnly.MinValue) <= day && day <= (EffectiveTo ?? DateOnly.MaxValue);

    public bool Frees(string line, FeeQuestion q) => PersonGroup == q.PersonGroup && (FeeCode is null || FeeCode == line) && HoldsOn(q.On);
}

/// <summary>The value that an applicant declares (giá trị kê khai), such as that of what is built.</summary>
internal static class DeclaredValue
{
    /// <summary>So much that no percentage leads out of the range of numbers.</summary>
    public const long Most = 1_000_000_000_000_000;
}

/// <summary>For what a price is asked.</summary>
/// <param name="On">The day.</param>
/// <param name="Channel">How the dossier comes in.</param>
/// <param name="VariantCode">The variant; null for the ordinary case.</param>
/// <param name="PersonGroup">The person's group; null for everybody else.</param>
/// <param name="Copies">Copies of the result, from 1.</param>
/// <param name="Pages">Pages of each copy; null when not known.</param>
/// <param name="DeclaredValue">The value that the applicant declares, in dong; null when none is declared.</param>
internal sealed record FeeQuestion(
    DateOnly On,
    Channel Channel,
    string? VariantCode = null,
    string? PersonGroup = null,
    int Copies = 1,
    int? Pages = 1,
    long? DeclaredValue = null
)
{
    /// <summary>How many pages there are: those of what is handed in; one that was not counted leaves them unknown.</summary>
    public static int? PagesOf(IReadOnlyList<DossierComponent> components) =>
        components.Count > 0 && components.All(c => c.Pages is not null) ? components.Sum(c => c.Pages!.Value) : null;
}

/// <summary>What is to be paid on one line.</summary>
/// <param name="Code">The line.</param>
/// <param name="Kind">Fee or charge.</param>
/// <param name="Name">What is paid for, in Vietnamese.</param>
/// <param name="NameEn">What is paid for, in English.</param>
/// <param name="Dong">How much, in dong.</param>
/// <param name="LegalBasisId">The instrument that sets it, or that frees from it; left out when it is not known.</param>
/// <param name="Exempt">Whether the person is freed from it.</param>
/// <param name="ExemptDong">How much less it is than for everybody else, in dong, because of the person's group.</param>
/// <param name="Collector">Who takes the money.</param>
internal sealed record FeeDue(
    string Code,
    FeeKind Kind,
    string Name,
    string NameEn,
    long Dong,
    string? LegalBasisId = null,
    bool Exempt = false,
    long ExemptDong = 0,
    FeeCollector Collector = FeeCollector.Centre
);

/// <summary>Prices of a version: f(procedure, variant, channel, person group, date). Fee and charge stay separate lines.</summary>
internal static class Tariff
{
    private const string OnlyLine = "fee";

    /// <summary>What is to be paid; null when it follows from a tariff that is not kept here, from pages that are not known, or from a value that is not declared.</summary>
    public static IReadOnlyList<FeeDue>? Quote(ProcedureContent content, FeeQuestion q) =>
        content is { Fees.Count: 0, FeeDong: null } || Holding(content, q).Any(l => l.IsOpen) ? null : Known(content, q);

    /// <summary>The lines that are known, whatever else the price follows from.</summary>
    public static IReadOnlyList<FeeDue> Known(ProcedureContent content, FeeQuestion q) =>
        content.Fees.Count > 0 ? [.. Holding(content, q).Select(l => l.Due).OfType<FeeDue>().Where(d => d.Dong > 0 || d.Exempt)]
        : content.FeeDong is { } all and > 0 ? [new(OnlyLine, FeeKind.Fee, "Phí, lệ phí", "Fee and charge", all)]
        : [];

    // Of each line the rule that fits best; one that the question leaves open has no amount.
    private static IEnumerable<(FeeDue? Due, bool IsOpen)> Holding(ProcedureContent content, FeeQuestion q)
    {
        foreach (var line in content.Fees.Where(f => f.Fits(q)).GroupBy(f => f.Code))
        {
            var rule = Closest(line);
            var exemption = content.Exemptions.FirstOrDefault(e => e.Frees(rule.Code, q));
            if (exemption is null && rule.NeedsMoreThan(q))
            {
                yield return (null, true);
                continue;
            }
            var dong = exemption is null ? rule.Amount(q) : 0;
            yield return (
                new(
                    rule.Code,
                    rule.Kind,
                    rule.Name,
                    rule.NameEn,
                    dong,
                    exemption?.LegalBasisId ?? rule.LegalBasisId,
                    exemption is not null,
                    Relief(line, rule, dong, q),
                    rule.Collector
                ),
                false
            );
        }
    }

    /// <summary>The lines of a price that a declared value or the pages decide, for whom they are not free.</summary>
    public static IReadOnlyList<FeeRule> By(FeeUnit unit, ProcedureContent content, FeeQuestion q) =>
        [
            .. content
                .Fees.Where(f => f.Fits(q))
                .GroupBy(f => f.Code)
                .Select(Closest)
                .Where(f => f.Unit == unit && !content.Exemptions.Any(e => e.Frees(f.Code, q))),
        ];

    /// <summary>Whether the group of the person makes it pay less than everybody else. What the question leaves open is one page, and any value.</summary>
    public static bool Spares(ProcedureContent content, FeeQuestion q) =>
        q.PersonGroup is not null
        && Quote(content, q with { Pages = q.Pages ?? 1, DeclaredValue = q.DeclaredValue ?? DeclaredValue.Most }) is { } lines
        && lines.Any(l => l.Exempt || l.ExemptDong > 0);

    private static FeeRule Closest(IEnumerable<FeeRule> line) =>
        line.OrderByDescending(f => f.Closeness).ThenByDescending(f => f.EffectiveFrom ?? DateOnly.MinValue).First();

    // What the group of the person spares it: the price for everybody else less the price for it. Where pages are not known, of one page.
    private static long Relief(IEnumerable<FeeRule> line, FeeRule rule, long dong, FeeQuestion q)
    {
        if (q.PersonGroup is null)
            return 0;
        var ordinary = line.Where(f => f.PersonGroup is null).ToList();
        var full = (ordinary.Count > 0 ? Closest(ordinary) : rule).Amount(q);
        return Math.Max(0, full - dong);
    }
}
