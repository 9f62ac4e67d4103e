using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.CounterAnswers;

internal sealed record GetCounterAnswer(Guid Id) : IQuery<Versioned<CounterAnswerView>>;

internal sealed class GetCounterAnswerHandler(IRepository<CounterAnswer> answers)
    : IRequestHandler<GetCounterAnswer, Versioned<CounterAnswerView>>
{
    public async Task<Versioned<CounterAnswerView>> Handle(GetCounterAnswer request, CancellationToken ct)
    {
        var answer = await answers.Get(new CounterAnswerWithId(new(request.Id)), ct);
        return new(CounterAnswerView.Of(answer), answer.Version);
    }
}

internal sealed class GetCounterAnswerEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/counter-answers/{id}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Read an answer of a counter</summary>
    /// <remarks>Gives what a counter answered when it received nothing; the identity number with its middle hidden.</remarks>
    /// <param name="id">Identifier of the answer.</param>
    private static async Task<ItemAnswer<CounterAnswerView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetCounterAnswer(id), ct));
}
