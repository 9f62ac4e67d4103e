using FluentValidation;
using Pac.BuildingBlocks.Mediation;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Limits on lists are enforced, and can be read by the document.</summary>
public sealed class ListRulesTests
{
    private static readonly OrderValidator Validator = new();

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_list_has_at_most_as_many_items_as_stated(int count, bool isValid) =>
        Assert.Equal(isValid, Validator.Validate(new Order([.. Enumerable.Range(0, count)])).IsValid);

    [Fact]
    public void A_list_may_be_left_out() => Assert.True(Validator.Validate(new Order(null)).IsValid);

    [Fact]
    public void The_limit_can_be_read() =>
        Assert.Equal(2, Validator.CreateDescriptor().Rules.Single().Components.Select(c => c.Validator).OfType<IMostItems>().Single().Most);

    private sealed record Order(IReadOnlyList<int>? Lines);

    private sealed class OrderValidator : AbstractValidator<Order>
    {
        public OrderValidator() => RuleFor(o => o.Lines).MostItems(2);
    }
}
