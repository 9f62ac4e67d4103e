using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Notifications;

/// <summary>
/// Reads what gateways tell of messages they took. A receipt opens by its signature alone: short messages by the scheme in which we sign
/// ourselves, Zalo by its own.
/// </summary>
internal sealed class DeliveryReceipts(IConfiguration configuration, TimeProvider clock)
{
    private const int LongestError = 60;
    private const int LongestReceipt = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, DeliveryReport> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["accepted"] = DeliveryReport.OnItsWay,
        ["sent"] = DeliveryReport.OnItsWay,
        ["delivered"] = DeliveryReport.Delivered,
        ["read"] = DeliveryReport.Read,
        ["failed"] = DeliveryReport.Failed,
        ["undelivered"] = DeliveryReport.Failed,
        ["expired"] = DeliveryReport.Failed,
        ["rejected"] = DeliveryReport.Failed,
    };

    /// <summary>A receipt of the gateway of short messages: <c>{requestId, id, state, at, error}</c>.</summary>
    /// <param name="body">What it sent.</param>
    /// <param name="timestamp">Value of <c>X-Timestamp</c>.</param>
    /// <param name="signature">Value of <c>X-Signature</c>.</param>
    /// <exception cref="BusinessRuleException">It is not signed, too old, or cannot be read.</exception>
    public DeliveryTold OfSms(string body, string? timestamp, string? signature)
    {
        Check(
            "Notifications:Sms:Secret",
            timestamp,
            signature,
            "sha256=",
            secret => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"))
        );
        var json = Parse(body);
        if (Text(json, "state") is not { } word || !Words.TryGetValue(word, out var state) || Instant(Text(json, "at")) is not { } at)
            throw new BusinessRuleException(NotificationErrors.ReceiptUnclear);
        return Of(Text(json, "requestId"), Text(json, "id"), state, at, Text(json, "error"));
    }

    /// <summary>An event of Zalo about a message by template; what is about something else is null.</summary>
    /// <param name="body">What it sent.</param>
    /// <param name="signature">Value of <c>X-ZEvent-Signature</c>.</param>
    /// <exception cref="BusinessRuleException">It is not signed, too old, or cannot be read.</exception>
    public DeliveryTold? OfZalo(string body, string? signature)
    {
        var json = Parse(body);
        var (app, at) = (Text(json, "app_id"), Text(json, "timestamp"));
        // The signature is over the number of the application, the body, the time and the secret of the account.
        Check(
            "Notifications:Zalo:WebhookSecret",
            Seconds(at),
            signature,
            "mac=",
            secret => SHA256.HashData(Encoding.UTF8.GetBytes(app + body + at + secret))
        );
        DeliveryReport? state = Text(json, "event_name") switch
        {
            "user_received_message" => DeliveryReport.Delivered,
            "user_seen_message" => DeliveryReport.Read,
            _ => null,
        };
        if (state is not { } told || !json.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object)
            return null;
        var when = Milliseconds(Text(message, "delivery_time")) ?? Milliseconds(at);
        return Of(Text(message, "tracking_id"), Text(message, "msg_id"), told, when ?? clock.GetUtcNow(), null);
    }

    private void Check(string setting, string? seconds, string? signature, string prefix, Func<string, byte[]> right)
    {
        var now = clock.GetUtcNow();
        if (
            configuration[setting] is not { Length: > 0 } secret
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || Math.Abs(now.ToUnixTimeSeconds() - at) > (long)Fresh.TotalSeconds
            || signature is null
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(signature),
                Encoding.ASCII.GetBytes(prefix + Convert.ToHexStringLower(right(secret)))
            )
        )
            throw new BusinessRuleException(NotificationErrors.ReceiptNotSigned);
    }

    private static DeliveryTold Of(string? key, string? receipt, DeliveryReport state, DateTimeOffset at, string? error)
    {
        var known = receipt is { Length: > 0 and <= LongestReceipt } ? receipt : null;
        if (!Guid.TryParse(key, out var id) && known is null)
            throw new BusinessRuleException(NotificationErrors.ReceiptUnclear);
        var why = state == DeliveryReport.Failed && error is { Length: > 0 } ? Word(error) : null;
        return new(id, known, state, at, why);
    }

    // A word, never what the other side wrote: it could tell a number.
    private static string Word(string error) =>
        error.Length <= LongestError && error.All(c => char.IsAsciiLetter(c) || c is '-' or '_') ? error : "failed";

    private static JsonElement Parse(string body)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(body);
            return json.ValueKind == JsonValueKind.Object ? json : throw new BusinessRuleException(NotificationErrors.ReceiptUnclear);
        }
        catch (JsonException)
        {
            throw new BusinessRuleException(NotificationErrors.ReceiptUnclear);
        }
    }

    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            return null;
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            // Half of a pair of surrogates is no text.
            throw new BusinessRuleException(NotificationErrors.ReceiptUnclear);
        }
    }

    private static DateTimeOffset? Instant(string? text) => text is not null && Instants.TryParse(text, out var at) ? at : null;

    private static string? Seconds(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? (n / 1000).ToString(CultureInfo.InvariantCulture)
            : null;

    private static DateTimeOffset? Milliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(n)
            : null;
}
