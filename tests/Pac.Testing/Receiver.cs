using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pac.Testing;

/// <summary>One call that a receiver got.</summary>
/// <param name="Path">Where it came in.</param>
/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="Timestamp">The <c>webhook-timestamp</c>.</param>
/// <param name="Signature">The <c>webhook-signature</c>.</param>
/// <param name="Body">The body.</param>
public sealed record Received(string Path, string Id, string Timestamp, string Signature, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Type of the event.</summary>
    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>What the event is about.</summary>
    public JsonElement Data => Json.GetProperty("data");

    /// <summary>Whether one of the signatures was made with this secret.</summary>
    public bool IsSignedWith(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}"));
        return Signature.Split(' ').Contains("v1," + Convert.ToBase64String(mac));
    }
}

/// <summary>A third party's server on this machine: keeps what it gets and answers as the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Everything that came, taken or not, oldest first.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>What was answered with success, oldest first.</summary>
    public ConcurrentQueue<Received> Taken { get; } = new();

    /// <summary>How a call is answered; 204 unless the test says otherwise.</summary>
    public Func<Received, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Its address.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it on this machine's loopback address.</summary>
    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers every call with this status.</summary>
    public void Answers(int status) =>
        Answer = (_, http) =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var call = new Received(
            http.Request.Path,
            http.Request.Headers["webhook-id"].ToString(),
            http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString(),
            await reader.ReadToEndAsync()
        );
        _received.Enqueue(call);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        await Answer(call, http);
        if (http.Response.StatusCode < 300)
            Taken.Enqueue(call);
    }
}
