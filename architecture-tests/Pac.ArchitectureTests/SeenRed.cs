using Pac.ArchitectureTests.Rules;

namespace Pac.ArchitectureTests;

/// <summary>Every rule is run twice: the product keeps it, and the planted violation breaks it.</summary>
public sealed class SeenRed
{
    private static readonly IReadOnlyList<Rule> All =
    [
        .. ProjectRules.All,
        .. VisibilityRules.All,
        .. RoomRules.All,
        .. SliceRules.All,
        .. DomainRules.All,
        .. DataRules.All,
        .. ContractRules.All,
        .. ApiRules.All,
        .. HygieneRules.All,
    ];

    public static TheoryData<string> Rules => [.. All.Select(r => r.ToString())];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_product_keeps(string rule)
    {
        var found = Find(rule);
        var report = found.Check(Subject.Product);
        Assert.True(report.Looked > 0, "The rule looked at nothing.");
        var faults = report.Faults.Where(f => !Exemption.All.Any(e => e.Covers(found, f))).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_planted_violation_breaks(string rule)
    {
        var found = Find(rule);
        Assert.Contains(found.Check(Subject.Planted).Faults, f => f.Contains(found.Planted, StringComparison.Ordinal));
    }

    [Fact]
    public void No_exemption_outlives_its_reason()
    {
        var idle = Exemption.All.Where(e => !All.Any(r => r.Number == e.Rule && r.Check(Subject.Product).Faults.Any(f => e.Covers(r, f))));
        Assert.Empty(idle);
    }

    [Fact]
    public void Every_exemption_names_a_decision_that_exists()
    {
        var decisions = Subject.Product.Files.In("architecture-tests/decisions").Select(f => Path.GetFileName(f.Key)).ToList();
        Assert.All(Exemption.All, e => Assert.Contains(e.Decision, decisions));
    }

    [Fact]
    public void No_two_rules_say_the_same() => Assert.Distinct(All.Select(r => r.ToString()));

    private static Rule Find(string rule) => All.Single(r => r.ToString() == rule);
}
