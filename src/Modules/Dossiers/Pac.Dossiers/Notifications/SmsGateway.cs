using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Notifications;

/// <summary>
/// Short messages through the gateway of whoever has the contract, under <c>Notifications:Sms</c>: JSON with a bearer token or a signature.
/// They go without diacritics, at a third of the price, unless the gateway is said to take them.
/// </summary>
internal sealed class SmsGateway(GatewayClient client, IConfiguration configuration) : ISmsSender
{
    private readonly IConfigurationSection _section = configuration.GetSection("Notifications:Sms");

    public NotificationChannel Channel => NotificationChannel.Sms;

    public bool IsConfigured => _section["Endpoint"] is { Length: > 0 };

    public async Task<SendOutcome> Send(Outgoing message, CancellationToken ct)
    {
        var unicode = string.Equals(_section["Unicode"], "true", StringComparison.OrdinalIgnoreCase);
        var text = message.ShortText;
        var body = new
        {
            requestId = message.Id,
            to = GatewayClient.Phone(message.To),
            sender = _section["Sender"],
            text = unicode ? text : Gaps.Plain(text),
            unicode,
        };
        var answer = await client.Post(_section["Endpoint"]!, body, message.Id, _section["Token"], _section["Secret"], null, ct);
        return answer switch
        {
            { Status: >= 200 and < 300 } => new(Receipt: Id(answer.Body)),
            // What it has under this key already, it has.
            { Status: 409 } => new(),
            { IsAway: true } => new(answer.Error ?? "gateway-busy", RetryAfter: answer.RetryAfter),
            _ => new("gateway-refused", ForGood: true),
        };
    }

    private static string? Id(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } json)
            return null;
        foreach (var name in new[] { "id", "messageId", "message_id" })
            if (json.TryGetProperty(name, out var id) && id.ToString() is { Length: > 0 and <= 100 } text)
                return text;
        return null;
    }
}
