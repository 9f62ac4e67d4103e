using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Notifications;

/// <summary>
/// Messages in Zalo by approved template (ZNS), under <c>Notifications:Zalo</c>.
/// </summary>
internal sealed class ZaloGateway(GatewayClient client, ZaloTokens tokens, IConfiguration configuration) : IZaloSender
{
    private const string Address = "https://business.openapi.zalo.me/message/template";

    // The token is not, or no longer, good.
    private const int TokenRefused = -124;

    // Numbers that Zalo does not know or does not reach, and templates it does not have.
    private static readonly int[] ForGood = [-108, -109, -110, -111, -112, -114, -117, -118, -119, -131, -132, -137, -138, -139, -141];
    private readonly IConfigurationSection _section = configuration.GetSection("Notifications:Zalo");

    public NotificationChannel Channel => NotificationChannel.Zalo;

    public bool IsConfigured => tokens.IsConfigured;

    public async Task<SendOutcome> Send(Outgoing message, CancellationToken ct)
    {
        if (message.ProviderTemplate is not { Length: > 0 } template)
            return new("template-not-approved", ForGood: true);
        if (await tokens.Find(ct) is not { Length: > 0 } token)
            return new("token-missing");
        var body = new
        {
            phone = GatewayClient.Phone(message.To),
            template_id = template,
            template_data = message.Values,
            tracking_id = message.Id.ToString("N"),
        };
        var endpoint = _section["Endpoint"] is { Length: > 0 } set ? set : Address;
        var answer = await client.Post(endpoint, body, message.Id, null, null, ("access_token", token), ct);
        if (answer.Status is not (>= 200 and < 300))
            return answer.IsAway
                ? new(answer.Error ?? "gateway-busy", RetryAfter: answer.RetryAfter)
                : new SendOutcome("gateway-refused", ForGood: true);
        // Zalo answers 200 and says in the body whether it took the message.
        if (answer.Body is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("error", out var error))
            return new("answer-unclear");
        var code = error.ValueKind == JsonValueKind.Number && error.TryGetInt32(out var number) ? number : -1;
        if (code == TokenRefused)
            await tokens.Drop(token, ct);
        return code == 0
            ? new(Receipt: Receipt(json))
            : new SendOutcome("zalo" + code.ToString(CultureInfo.InvariantCulture), ForGood.Contains(code));
    }

    private static string? Receipt(JsonElement json) =>
        json.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty("msg_id", out var id)
        && id.ToString() is { Length: > 0 and <= 100 } text
            ? text
            : null;
}
