using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

internal sealed record FollowFeedback(string Code, string Key) : IQuery<FollowedFeedbackView>;

internal sealed class FollowFeedbackHandler(DossiersDbContext db, IHolderKeys keys) : IRequestHandler<FollowFeedback, FollowedFeedbackView>
{
    public async Task<FollowedFeedbackView> Handle(FollowFeedback request, CancellationToken ct)
    {
        var found = await db.AllFeedback.AsNoTracking().FirstOrDefaultAsync(f => f.Code == request.Code, ct);
        return found is { ErasedAt: null } && keys.Same(await keys.Of(found.Id, ct), request.Key)
            ? FollowedFeedbackView.Of(found)
            : throw new NotFoundException("feedback");
    }
}

internal sealed class FollowFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/public-feedback/{code}", Handle).AllowsAnonymous();

    /// <summary>Follow feedback as its sender</summary>
    /// <remarks>Gives whoever has the key where the feedback stands, what is asked, and the answer.</remarks>
    /// <param name="code">Code of the feedback.</param>
    /// <param name="key" example="abcdefghijklmnopqrstuv">The key that came with the code.</param>
    private static async Task<ValueAnswer<FollowedFeedbackView>> Handle(string code, string key, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new FollowFeedback(code, key), ct));
}
