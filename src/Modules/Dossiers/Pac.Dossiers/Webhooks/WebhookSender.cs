using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Pac.Dossiers.Webhooks;

/// <summary>How a receiver answered.</summary>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Error">Why it did not take the event, as a word; null when it did.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
internal sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter)
{
    public bool Taken => Error is null;

    /// <summary>Whether the receiver as a whole is away, rather than unhappy with this one event.</summary>
    public bool IsAway => !Taken && Status is null or 408 or 425 or 429 or >= 500;
}

/// <summary>
/// Sends one event. A name is looked up once for each connection and the connection goes to the address that was judged; redirects are not
/// followed, the answer's body is not read, and everything has its time.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly WebhookTargets _targets;
    private readonly WebhookSettings _settings;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebhookSender(WebhookTargets targets, WebhookSettings settings, TimeProvider clock)
    {
        (_targets, _settings, _clock) = (targets, settings, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = Connect,
            ConnectTimeout = settings.Timeout,
            MaxConnectionsPerServer = 16,
            MaxResponseDrainSize = 4 * 1024,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
        };
        _client = new(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    public async Task<WebhookAnswer> Send(string url, string id, DateTimeOffset at, string signature, byte[] body, CancellationToken ct)
    {
        var target = new Uri(url);
        if (!_targets.MayBeNamed(target))
            return new(null, "refused-address", null);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(new("PAC-Webhooks", "1"));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signature);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? new(status, null, null)
                : new(status, status is >= 300 and < 400 ? "redirect" : "answered-no", Wait(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, "timed-out", null);
        }
        catch (HttpRequestException e)
        {
            return new(null, Word(e), null);
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await _targets.Resolve(context.DnsEndPoint.Host, ct);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > _clock.GetUtcNow() ? date - _clock.GetUtcNow() : null);

    private static string Word(HttpRequestException e) =>
        e.InnerException switch
        {
            RefusedAddressException => "refused-address",
            AuthenticationException => "tls-failed",
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "name-not-found",
            _ when e.HttpRequestError == HttpRequestError.NameResolutionError => "name-not-found",
            _ when e.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => "bad-answer",
            _ => "no-connection",
        };
}
