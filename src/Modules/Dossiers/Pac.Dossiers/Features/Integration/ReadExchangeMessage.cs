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

internal sealed record ReadExchangeMessage(string PartnerCode, Guid Id) : ICommand<Versioned<WholeExchangeMessage>>;

/// <summary>A message with its text.</summary>
/// <param name="Message">The message.</param>
/// <param name="Text">What the other system wrote, with the middle of identity numbers hidden; left out for what we tell, which is made of the dossier when it is told.</param>
internal sealed record WholeExchangeMessage(ExchangeMessageView Message, string? Text);

internal sealed class ReadExchangeMessageHandler(
    IRepository<ExchangeMessage> messages,
    IMessageSeals seals,
    IAccessLog access,
    CurrentUser user
) : IRequestHandler<ReadExchangeMessage, Versioned<WholeExchangeMessage>>
{
    public async Task<Versioned<WholeExchangeMessage>> Handle(ReadExchangeMessage request, CancellationToken ct)
    {
        var partner = ExchangeMessageView.PartnerFor(user, request.PartnerCode);
        var message =
            await messages.First(new ExchangeMessageWithId(partner, new(request.Id)), ct) ?? throw new NotFoundException("exchangeMessage");
        // What another system wrote names the applicant.
        var text = message.TextBy(seals);
        if (text is not null)
            access.RecordMessage(message.Id, message.DossierId);
        await messages.Save(ct);
        return new(new(ExchangeMessageView.Of(message), text is null ? null : HiddenNumbers.Masked(text)), message.Version);
    }
}

internal sealed class ReadExchangeMessageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/integration/{partner}/messages/{id}", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Read a message of the exchange</summary>
    /// <remarks>Gives one message with the text that the other system wrote, so that it can be mended, and notes in the access log who read it. Identity numbers are masked; a masked one that comes back in a mended text stands for itself.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    /// <param name="id">Identifier of the message.</param>
    private static async Task<ItemAnswer<WholeExchangeMessage>> Handle(string partner, Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ReadExchangeMessage(partner, id), ct));
}
