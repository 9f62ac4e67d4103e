using Pac.Facilities.Domain;

namespace Pac.Facilities.Features.Counters;

/// <summary>A counter where people are served.</summary>
/// <param name="Id">Identifier of the counter.</param>
/// <param name="CentreCode">The centre it stands in.</param>
/// <param name="Number">Its number in the hall, from 1.</param>
/// <param name="Name">What is served there.</param>
/// <param name="InService">Whether it can be used.</param>
internal sealed record CounterView(Guid Id, string CentreCode, int Number, string Name, bool InService)
{
    public static CounterView Of(Counter c) => new(c.Id.Value, c.CentreCode, c.Number, c.Name, c.InService);
}
