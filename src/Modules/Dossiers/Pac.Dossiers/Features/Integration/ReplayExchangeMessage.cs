using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Exchange;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>How a parked message is put back in line.</summary>
/// <param name="Message" example="{&quot;MaHoSo&quot;:&quot;H15.09-261124-0001&quot;,&quot;TrangThaiHoSo&quot;:&quot;4&quot;,&quot;ThoiDiemXuLy&quot;:&quot;20261124090000&quot;}">The mended text of an inbound message; as it was when left out.</param>
internal sealed record MendedMessage(string? Message = null);

internal sealed record ReplayExchangeMessage(string PartnerCode, Guid Id, uint Seen, MendedMessage Mended)
    : ICommand<Versioned<ExchangeMessageView>>;

internal sealed class ReplayExchangeMessageValidator : AbstractValidator<ReplayExchangeMessage>
{
    public ReplayExchangeMessageValidator() =>
        RuleFor(c => c.Mended.Message).MaximumLength(ExchangeWorker.MostText).OverridePropertyName("message");
}

internal sealed class ReplayExchangeMessageHandler(
    IRepository<ExchangeMessage> messages,
    IMessageSeals seals,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReplayExchangeMessage, Versioned<ExchangeMessageView>>
{
    public async Task<Versioned<ExchangeMessageView>> Handle(ReplayExchangeMessage request, CancellationToken ct)
    {
        var partner = ExchangeMessageView.PartnerFor(user, request.PartnerCode);
        var message = await messages.Get(new ExchangeMessageWithId(partner, new(request.Id)), request.Seen, ct);
        // It was shown with its numbers masked; where they were left so, they are meant.
        var mended = request.Mended.Message is { } text ? HiddenNumbers.Restored(text, message.TextBy(seals) ?? "") : null;
        message.Replay(mended is null ? null : seals.Close(mended), clock.GetUtcNow());
        await messages.Save(ct);
        return new(ExchangeMessageView.Of(message), message.Version);
    }
}

internal sealed class ReplayExchangeMessageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/integration/{partner}/messages/{id}/replay", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Mend and replay a parked message</summary>
    /// <remarks>Puts a parked message back in line, with a mended text if one is given. An identity number that is left masked in it is the one that was there.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    /// <param name="id">Identifier of the message.</param>
    private static async Task<ItemAnswer<ExchangeMessageView>> Handle(
        string partner,
        Guid id,
        MendedMessage mended,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ReplayExchangeMessage(partner, id, ifMatch.Version, mended), ct));
}
