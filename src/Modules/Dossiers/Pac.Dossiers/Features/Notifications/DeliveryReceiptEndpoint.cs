using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>Where gateways tell what became of messages. Their signature is what opens it; it is no part of the published API.</summary>
internal static class DeliveryReceiptEndpoint
{
    public const string Sms = "/notification-receipts/sms";
    public const string Zalo = "/notification-receipts/zalo";
    private const int Longest = 8_000;

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapPost(Sms, TakeSms).ExcludeFromDescription();
        root.MapPost(Zalo, TakeZalo).ExcludeFromDescription();
    }

    private static async Task<IResult> TakeSms(HttpContext http, DeliveryReceipts receipts, ISender sender, CancellationToken ct)
    {
        var headers = http.Request.Headers;
        var told = receipts.OfSms(await Body(http, ct), headers["X-Timestamp"].FirstOrDefault(), headers["X-Signature"].FirstOrDefault());
        await sender.Send(new NoteDelivery(NotificationChannel.Sms, told), ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> TakeZalo(HttpContext http, DeliveryReceipts receipts, ISender sender, CancellationToken ct)
    {
        var told = receipts.OfZalo(await Body(http, ct), http.Request.Headers["X-ZEvent-Signature"].FirstOrDefault());
        if (told is not null)
            await sender.Send(new NoteDelivery(NotificationChannel.Zalo, told), ct);
        return TypedResults.NoContent();
    }

    private static async Task<string> Body(HttpContext http, CancellationToken ct)
    {
        if (http.Request.ContentLength is not (> 0 and <= Longest))
            throw new BusinessRuleException(NotificationErrors.ReceiptUnclear);
        using var reader = new StreamReader(http.Request.Body);
        return await reader.ReadToEndAsync(ct);
    }
}
