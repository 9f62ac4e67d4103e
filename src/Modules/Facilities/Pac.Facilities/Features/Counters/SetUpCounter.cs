using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Counters;

/// <summary>A new counter of a centre.</summary>
/// <param name="CentreCode">The centre it stands in.</param>
/// <param name="Number">Its number in the hall, from 1.</param>
/// <param name="Name">What is served there.</param>
internal sealed record SetUpCounter(string CentreCode, int Number, string Name) : ICommand<Versioned<CounterView>>;

internal sealed class SetUpCounterValidator : AbstractValidator<SetUpCounter>
{
    public SetUpCounterValidator()
    {
        RuleFor(c => c.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Number).InclusiveBetween(1, 999);
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
    }
}

internal sealed class SetUpCounterHandler(IRepository<Counter> counters, IRepository<Centre> centres, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SetUpCounter, Versioned<CounterView>>
{
    public async Task<Versioned<CounterView>> Handle(SetUpCounter request, CancellationToken ct)
    {
        user.MustCover(request.CentreCode);
        if (!await centres.Any(new CentreWithCode(request.CentreCode), ct))
            throw new NotFoundException("centre");
        if (await counters.Any(new CounterNumbered(request.CentreCode, request.Number), ct))
            throw new BusinessRuleException(FacilitiesErrors.CounterNumberTaken);
        var counter = Counter.Set(request.CentreCode, request.Number, request.Name, clock.GetUtcNow());
        counters.Add(counter);
        await counters.Save(ct);
        return new(CounterView.Of(counter), counter.Version);
    }
}

internal sealed class SetUpCounterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/counters", Handle).Requires(FacilitiesPermissions.ManageCentres);

    /// <summary>Set up a counter</summary>
    /// <remarks>Adds a counter to a centre; its number is unique there.</remarks>
    private static async Task<CreatedAnswer<CounterView>> Handle(SetUpCounter command, ISender sender, CancellationToken ct)
    {
        var counter = await sender.Send(command, ct);
        return new($"/api/v1/counters/{counter.Item.Id}", counter);
    }
}
