using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

internal sealed record ReadExchangeMessage(string PartnerCode, Guid Id) : IQuery<Versioned<WholeExchangeMessage>>;

/// <summary>A message with its text.</summary>
/// <param name="Message">The message.</param>
/// <param name="Text">What the other system wrote; left out for what we tell, which is made of the dossier when it is told.</param>
internal sealed record WholeExchangeMessage(ExchangeMessageView Message, string? Text);

internal sealed class ReadExchangeMessageHandler(DossiersDbContext db)
    : IRequestHandler<ReadExchangeMessage, Versioned<WholeExchangeMessage>>
{
    public async Task<Versioned<WholeExchangeMessage>> Handle(ReadExchangeMessage request, CancellationToken ct)
    {
        var partner = ExchangeMessageView.PartnerFor(db.User, request.PartnerCode);
        var id = new ExchangeMessageId(request.Id);
        var message =
            await db.VisibleMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.Partner == partner, ct)
            ?? throw new NotFoundException("exchangeMessage");
        return new(new(ExchangeMessageView.Of(message), message.Text), message.Version);
    }
}

internal sealed class ReadExchangeMessageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/integration/{partner}/messages/{id}", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Read a message of the exchange</summary>
    /// <remarks>Gives one message with the text that the other system wrote, so that it can be mended.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c>.</param>
    /// <param name="id">Identifier of the message.</param>
    private static async Task<ItemAnswer<WholeExchangeMessage>> Handle(string partner, Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ReadExchangeMessage(partner, id), ct));
}
