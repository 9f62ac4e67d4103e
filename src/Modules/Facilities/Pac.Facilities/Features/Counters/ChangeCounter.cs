using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Counters;

/// <summary>What may be changed about a counter.</summary>
/// <param name="Name">What is served there.</param>
/// <param name="InService">Whether it can be used.</param>
internal sealed record CounterDescription(string Name, bool InService);

internal sealed record ChangeCounter(Guid Id, uint Seen, CounterDescription Description) : ICommand<Versioned<CounterView>>;

internal sealed class ChangeCounterValidator : AbstractValidator<ChangeCounter>
{
    public ChangeCounterValidator() => RuleFor(c => c.Description.Name).NotEmpty().MaximumLength(200).OverridePropertyName("name");
}

internal sealed class ChangeCounterHandler(IRepository<Counter> counters, CurrentUser user)
    : IRequestHandler<ChangeCounter, Versioned<CounterView>>
{
    public async Task<Versioned<CounterView>> Handle(ChangeCounter request, CancellationToken ct)
    {
        // Whose counter it is comes before which version was seen of it.
        user.MustCover((await counters.Get(new CounterWithId(new(request.Id)), ct)).CentreCode);
        var counter = await counters.Get(new CounterWithId(new(request.Id)), request.Seen, ct);
        counter.Describe(request.Description.Name, request.Description.InService);
        await counters.Save(ct);
        return new(CounterView.Of(counter), counter.Version);
    }
}

internal sealed class ChangeCounterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/counters/{id}", Handle).Requires(FacilitiesPermissions.ManageCentres);

    /// <summary>Change a counter</summary>
    /// <remarks>Changes the members given in a JSON Merge Patch; the others stay.</remarks>
    /// <param name="id">Identifier of the counter.</param>
    private static async Task<ItemAnswer<CounterView>> Handle(
        Guid id,
        MergePatch<CounterDescription> patch,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var present = (await sender.Send(new GetCounter(id), ct)).Item;
        return new(await sender.Send(new ChangeCounter(id, ifMatch.Version, patch.Apply(new(present.Name, present.InService))), ct));
    }
}
