using CsCheck;
using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>Prices by procedure, variant, channel, person group and date, by the vectors of the domain study, sections 2.6 and 5.2.</summary>
public sealed class TariffTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private static readonly FeeRule Whole = new("record", FeeKind.Fee, "Phí", "Fee", 200_000, LegalBasisId: "tt-16-2025-btc");

    // The criminal record: cheaper online for a while, and for pupils, students and persons with merit.
    private static readonly ProcedureContent Record = Some.Content(new(10, TermUnit.CalendarDay)) with
    {
        PersonGroups = [new("reduced", "Học sinh, sinh viên, người có công", "Pupils, students, persons with merit")],
        Fees =
        [
            Whole,
            Whole with
            {
                Dong = 100_000,
                PersonGroup = "reduced",
            },
            Whole with
            {
                Dong = 170_000,
                Channel = Channel.Online,
                EffectiveFrom = new(2025, 4, 24),
                EffectiveTo = new(2025, 12, 31),
            },
            Whole with
            {
                Dong = 80_000,
                Channel = Channel.Online,
                PersonGroup = "reduced",
                EffectiveFrom = new(2025, 4, 24),
                EffectiveTo = new(2025, 12, 31),
            },
            new("copies", FeeKind.Fee, "Phiếu thêm", "Further copies", 0, FeeUnit.Copy, Tiers: [new(3, 5_000)]),
        ],
    };

    private static readonly FeeRule Certified = new(
        "certification",
        FeeKind.Fee,
        "Phí chứng thực",
        "Certification fee",
        2_000,
        FeeUnit.Page,
        Tiers: [new(3, 1_000)],
        MostDong: 200_000
    );

    private static long Total(ProcedureContent content, FeeQuestion q) => Tariff.Quote(content, q)!.Sum(l => l.Dong);

    [Theory]
    [InlineData("2025-04-23", "online", null, 200_000)]
    [InlineData("2025-04-24", "online", null, 170_000)]
    [InlineData("2025-12-31", "online", null, 170_000)]
    [InlineData("2026-01-01", "online", null, 200_000)]
    [InlineData("2025-12-31", "counter", null, 200_000)]
    [InlineData("2025-12-31", "post", null, 200_000)]
    [InlineData("2025-04-24", "online", "reduced", 80_000)]
    [InlineData("2025-12-31", "online", "reduced", 80_000)]
    [InlineData("2026-01-01", "online", "reduced", 100_000)]
    [InlineData("2026-01-01", "counter", "reduced", 100_000)]
    public void The_criminal_record_costs_less_online_for_a_while_and_for_some_always(
        string day,
        string channel,
        string? group,
        long dong
    ) => Assert.Equal(dong, Total(Record, new(DateOnly.ParseExact(day, "yyyy-MM-dd"), Enum.Parse<Channel>(channel, true), null, group)));

    [Theory]
    [InlineData(1, 200_000)]
    [InlineData(2, 200_000)]
    [InlineData(3, 205_000)]
    [InlineData(5, 215_000)]
    public void From_the_third_copy_on_each_one_costs_more(int copies, long dong) =>
        Assert.Equal(dong, Total(Record, new(Day, Channel.Counter, Copies: copies)));

    [Theory]
    [InlineData(1, 1, 2_000)]
    [InlineData(1, 2, 4_000)]
    [InlineData(1, 3, 5_000)]
    [InlineData(1, 10, 12_000)]
    [InlineData(1, 198, 200_000)]
    [InlineData(1, 500, 200_000)]
    [InlineData(2, 10, 24_000)]
    [InlineData(3, 500, 600_000)]
    public void A_certified_copy_costs_by_the_page_up_to_a_most_for_each_copy(int copies, int pages, long dong) =>
        Assert.Equal(dong, Total(Some.Content() with { Fees = [Certified] }, new(Day, Channel.Counter, Copies: copies, Pages: pages)));

    [Fact]
    public void Pages_that_nobody_counted_leave_the_price_open() =>
        Assert.Null(Tariff.Quote(Some.Content() with { Fees = [Certified] }, new(Day, Channel.Counter, Pages: null)));

    [Fact]
    public void What_the_pages_do_not_decide_is_due_even_so()
    {
        var fixedLine = new FeeRule("handling", FeeKind.Charge, "Lệ phí", "Charge", 15_000);
        var both = Some.Content() with { Fees = [Certified, fixedLine] };
        Assert.Null(Tariff.Quote(both, new(Day, Channel.Counter, Pages: null)));
        Assert.Equal(["handling"], Tariff.Known(both, new(Day, Channel.Counter, Pages: null)).Select(l => l.Code));
        Assert.Equal(Tariff.Quote(both, new(Day, Channel.Counter, Pages: 2)), Tariff.Known(both, new(Day, Channel.Counter, Pages: 2)));
    }

    [Fact]
    public void Fee_and_charge_are_separate_lines()
    {
        var content = Some.Content() with
        {
            Fees =
            [
                new("registration", FeeKind.Charge, "Lệ phí đăng ký", "Registration charge", 50_000),
                new("registration", FeeKind.Charge, "Lệ phí đăng ký", "Registration charge", 0, Channel: Channel.Online),
                new("publication", FeeKind.Fee, "Phí công bố", "Publication fee", 100_000),
            ],
        };
        Assert.Equal(
            [("registration", FeeKind.Charge, 50_000), ("publication", FeeKind.Fee, 100_000)],
            Tariff.Quote(content, new(Day, Channel.Counter))!.Select(l => (l.Code, l.Kind, l.Dong))
        );
        Assert.Equal(["publication"], Tariff.Quote(content, new(Day, Channel.Online))!.Select(l => l.Code));
    }

    [Fact]
    public void Whoever_is_freed_sees_the_line_and_the_instrument_that_frees()
    {
        var content = Record with { Exemptions = [new("reduced", "nq-1", "record", new(2026, 1, 1), new(2026, 12, 31))] };
        var line = Tariff.Quote(content, new(Day, Channel.Counter, null, "reduced", 3))!;
        Assert.Equal(
            [("record", 0, true, "nq-1"), ("copies", 5_000, false, null)],
            line.Select(l => (l.Code, l.Dong, l.Exempt, l.LegalBasisId))
        );
        Assert.Equal(100_000, Total(content, new(new(2027, 1, 1), Channel.Counter, null, "reduced")));
        Assert.Equal(200_000, Total(content, new(Day, Channel.Counter)));
    }

    [Fact]
    public void The_group_counts_before_the_variant_and_the_variant_before_the_channel()
    {
        FeeRule[] rules =
        [
            Whole with
            {
                Dong = 1,
                Channel = Channel.Online,
            },
            Whole with
            {
                Dong = 2,
                VariantCode = "lost",
            },
            Whole with
            {
                Dong = 3,
                PersonGroup = "reduced",
            },
            Whole with
            {
                Dong = 4,
                PersonGroup = "reduced",
                EffectiveFrom = new(2026, 7, 1),
            },
        ];
        var content = Record with { Fees = rules };
        Assert.Equal(1, Total(content, new(Day, Channel.Online)));
        Assert.Equal(2, Total(content, new(Day, Channel.Online, "lost")));
        Assert.Equal(3, Total(content, new(new(2026, 6, 30), Channel.Online, "lost", "reduced")));
        Assert.Equal(4, Total(content, new(Day, Channel.Online, "lost", "reduced")));
    }

    [Fact]
    public void Without_prices_in_full_the_one_figure_holds_and_without_it_nothing_is_known()
    {
        Assert.Equal(135_000, Total(Some.Content(), new(Day, Channel.Post)));
        Assert.Empty(Tariff.Quote(Some.Content() with { FeeDong = 0 }, new(Day, Channel.Post))!);
        Assert.Null(Tariff.Quote(Some.Content() with { FeeDong = null }, new(Day, Channel.Post)));
    }

    [Fact]
    public void A_price_in_tiers_is_what_one_gets_by_counting_one_by_one() =>
        Gen.Select(Gen.Long[0, 10_000], Gen.Long[0, 10_000], Gen.Long[0, 10_000], Gen.Int[2, 50], Gen.Int[1, 50], Gen.Int[1, 200])
            .Sample(
                (first, second, third, from, further, units) =>
                {
                    var rule = Whole with { Dong = first, Unit = FeeUnit.Copy, Tiers = [new(from, second), new(from + further, third)] };
                    var counted = Enumerable
                        .Range(1, units)
                        .Sum(n =>
                            n < from ? first
                            : n < from + further ? second
                            : third
                        );
                    return rule.Amount(Asked(units)) == counted;
                }
            );

    [Fact]
    public void One_more_copy_or_page_never_costs_less_and_never_more_than_the_most() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 500])
            .Sample(
                (copies, pages) =>
                    Certified.Amount(Asked(copies, pages)) <= Certified.Amount(Asked(copies + 1, pages))
                    && Certified.Amount(Asked(copies, pages)) <= Certified.Amount(Asked(copies, pages + 1))
                    && Certified.Amount(Asked(copies, pages)) <= copies * 200_000L
            );

    // Recognition of an exploration result: 10 million, and percentages of what lies over 1 and 10 billion (domain study, 5.2, row 49).
    private static readonly FeeRule ByValue = new(
        "appraisal",
        FeeKind.Fee,
        "Phí thẩm định",
        "Appraisal fee",
        10_000_000,
        FeeUnit.Value,
        MostDong: 100_000_000,
        Shares: [new(1_000_000_000, 0.5m), new(10_000_000_000, 0.3m)]
    );

    [Theory]
    [InlineData(1L, 10_000_000)]
    [InlineData(1_000_000_000L, 10_000_000)]
    [InlineData(1_000_000_001L, 10_000_000)]
    [InlineData(1_000_000_100L, 10_000_001)] // half a dong is a whole one
    [InlineData(3_000_000_000L, 20_000_000)]
    [InlineData(10_000_000_000L, 55_000_000)]
    [InlineData(20_000_000_000L, 85_000_000)]
    [InlineData(1_000_000_000_000_000L, 100_000_000)]
    public void A_percentage_is_of_what_lies_over_its_threshold_and_never_over_the_most(long value, long dong) =>
        Assert.Equal(dong, ByValue.Amount(new(Day, Channel.Counter, DeclaredValue: value)));

    [Fact]
    public void A_percentage_comes_to_the_least_at_least_and_is_not_known_without_a_value()
    {
        var content = Some.Content() with { Fees = [ByValue with { Dong = 0, Shares = [new(0, 0.1m)], LeastDong = 500_000 }] };
        Assert.Equal(500_000, Total(content, new(Day, Channel.Counter, DeclaredValue: 100_000_000)));
        Assert.Equal(1_000_000, Total(content, new(Day, Channel.Counter, DeclaredValue: 1_000_000_000)));
        Assert.Null(Tariff.Quote(content, new(Day, Channel.Counter)));
    }

    [Fact]
    public void A_higher_value_never_costs_less() =>
        Gen.Select(Gen.Long[1, 30_000_000_000], Gen.Long[0, 1_000_000_000])
            .Sample(
                (value, more) =>
                    ByValue.Amount(new(Day, Channel.Counter, DeclaredValue: value))
                    <= ByValue.Amount(new(Day, Channel.Counter, DeclaredValue: value + more))
            );

    private static FeeQuestion Asked(int copies, int pages = 1) => new(Day, Channel.Counter, Copies: copies, Pages: pages);
}
