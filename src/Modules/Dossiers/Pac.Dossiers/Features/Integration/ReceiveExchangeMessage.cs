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

/// <summary>A message of another system.</summary>
/// <param name="Message" example="{&quot;MaHoSo&quot;:&quot;H15.09-261124-0001&quot;}">The message as that system wrote it, JSON in its own shape.</param>
internal sealed record IncomingMessage(string Message);

internal sealed record ReceiveExchangeMessage(string PartnerCode, IncomingMessage Incoming) : ICommand<Versioned<ExchangeMessageView>>;

internal sealed class ReceiveExchangeMessageValidator : AbstractValidator<ReceiveExchangeMessage>
{
    public ReceiveExchangeMessageValidator() =>
        RuleFor(c => c.Incoming.Message).NotEmpty().MaximumLength(ExchangeWorker.MostText).OverridePropertyName("message");
}

internal sealed class ReceiveExchangeMessageHandler(
    IRepository<ExchangeMessage> messages,
    ExchangePartners partners,
    IMessageSeals seals,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<ReceiveExchangeMessage, Versioned<ExchangeMessageView>>
{
    public async Task<Versioned<ExchangeMessageView>> Handle(ReceiveExchangeMessage request, CancellationToken ct)
    {
        var partner = ExchangeMessageView.PartnerFor(user, request.PartnerCode);
        var text = request.Incoming.Message;
        var key = await seals.KeyOf(text, ct);
        var message = await messages.First(new ReceivedBefore(partner, key), ct);
        if (message is null)
        {
            message = ExchangeMessage.Receive(partner, seals.Close(text), key, clock.GetUtcNow());
            // What cannot be read is parked at once, so that whoever sent it learns of it from the answer.
            if (partners[partner].Read(text).Wrong is { } wrong)
                message.Park(wrong);
            messages.Add(message);
        }
        await messages.Save(ct);
        return new(ExchangeMessageView.Of(message), message.Version);
    }
}

internal sealed class ReceiveExchangeMessageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/integration/{partner}/messages", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Take a message of another system in</summary>
    /// <remarks>Takes a message in as it was written; the same one twice is one. What cannot be read is parked with its reason.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    private static async Task<CreatedAnswer<ExchangeMessageView>> Handle(
        string partner,
        IncomingMessage incoming,
        ISender sender,
        CancellationToken ct
    )
    {
        var message = await sender.Send(new ReceiveExchangeMessage(partner, incoming), ct);
        return new($"/api/v1/integration/{partner}/messages/{message.Item.Id}", message);
    }
}
