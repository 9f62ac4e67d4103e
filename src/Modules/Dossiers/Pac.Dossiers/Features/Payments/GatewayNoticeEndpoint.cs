using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Gateway;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>Where the payment gateway tells what was paid. Its signature is what opens it; it is no part of the published API.</summary>
internal static class GatewayNoticeEndpoint
{
    private const int Longest = 4_000;

    public static void Map(IEndpointRouteBuilder root) => root.MapPost(SandboxGateway.Notices, Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(HttpContext http, IPaymentGateway gateway, ISender sender, CancellationToken ct)
    {
        if (http.Request.ContentLength is not (> 0 and <= Longest))
            throw new BusinessRuleException(GatewayErrors.NoticeUnclear);
        using var reader = new StreamReader(http.Request.Body);
        var notice = gateway.Read(await reader.ReadToEndAsync(ct), http.Request.Headers[SandboxGateway.Signature].FirstOrDefault());
        await sender.Send(new TakeGatewayNotice(notice), ct);
        return TypedResults.NoContent();
    }
}
