using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

internal sealed record GetFeedback(Guid Id) : IQuery<Versioned<FeedbackDetailsView>>;

internal sealed class GetFeedbackHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<GetFeedback, Versioned<FeedbackDetailsView>>
{
    public async Task<Versioned<FeedbackDetailsView>> Handle(GetFeedback request, CancellationToken ct)
    {
        var id = new FeedbackId(request.Id);
        var found =
            await db.FeedbackInHand.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw new NotFoundException("feedback");
        return new(FeedbackDetailsView.Of(found, clock.GetUtcNow()), found.Version);
    }
}

internal sealed class GetFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/feedback/{id}", Handle).Requires(DossiersPermissions.AnswerFeedback);

    /// <summary>Read feedback</summary>
    /// <remarks>Gives feedback with its words, its times and every act on it; the sender is masked. Whoever only answers feedback reads what was given to him or her.</remarks>
    /// <param name="id">Identifier of the feedback.</param>
    private static async Task<ItemAnswer<FeedbackDetailsView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetFeedback(id), ct));
}
