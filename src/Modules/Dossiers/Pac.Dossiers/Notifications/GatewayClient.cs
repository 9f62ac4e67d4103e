using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pac.Dossiers.Notifications;

/// <summary>What a gateway answered.</summary>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Body">The answer, when it is JSON.</param>
/// <param name="Error">Why there was none, as a word.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
internal sealed record GatewayAnswer(int? Status, JsonElement? Body, string? Error, TimeSpan? RetryAfter)
{
    /// <summary>Whether the gateway is away for now, rather than unhappy with the message.</summary>
    public bool IsAway => Status is null or 401 or 403 or 408 or 425 or 429 or >= 500;
}

/// <summary>Talks to gateways. Redirects are not followed, an answer has its time and its size.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public GatewayClient(NotificationSettings settings, TimeProvider clock)
    {
        (_timeout, _clock) = (settings.Timeout, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = settings.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
        };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Sends JSON. With a secret the request is signed: HMAC-SHA-256 over the timestamp, a full stop and the body.</summary>
    public async Task<GatewayAnswer> Post(
        string endpoint,
        object body,
        Guid key,
        string? bearer,
        string? secret,
        (string Name, string Value)? header,
        CancellationToken ct
    )
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.Add(new("PAC-Notifications", "1"));
        request.Headers.Add("Idempotency-Key", key.ToString());
        if (bearer is { Length: > 0 })
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (secret is { Length: > 0 })
        {
            var at = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            byte[] signed = [.. Encoding.ASCII.GetBytes(at + "."), .. bytes];
            request.Headers.Add("X-Timestamp", at);
            request.Headers.Add(
                "X-Signature",
                "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))
            );
        }
        if (header is { } more)
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        return await Send(request, ct);
    }

    /// <summary>Sends a form.</summary>
    public async Task<GatewayAnswer> PostForm(
        string endpoint,
        IReadOnlyDictionary<string, string> fields,
        (string Name, string Value) header,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.UserAgent.Add(new("PAC-Notifications", "1"));
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await Send(request, ct);
    }

    private async Task<GatewayAnswer> Send(HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            return new((int)response.StatusCode, await Read(response, limit.Token), null, Wait(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, null, "timed-out", null);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or UriFormatException)
        {
            return new(null, null, "gateway-away", null);
        }
    }

    /// <summary>A telephone number as gateways want it: with the code of the country and without a plus.</summary>
    public static string Phone(string number)
    {
        var digits = number.TrimStart('+');
        return digits.StartsWith('0') ? "84" + digits[1..] : digits;
    }

    public void Dispose() => _client.Dispose();

    private static async Task<JsonElement?> Read(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? value) =>
        value?.Delta ?? (value?.Date is { } date ? date - _clock.GetUtcNow() : null);
}
