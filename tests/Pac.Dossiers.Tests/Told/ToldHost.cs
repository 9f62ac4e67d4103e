using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Notifications;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>A host whose letters go to a mail server and whose short messages go to gateways, all of them on this machine.</summary>
public sealed class ToldHost()
    : DossiersHost(
        new()
        {
            ["Mail:From"] = "pac@pac.example",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = MailServer.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:Smtp:Tls"] = "none",
            ["Mail:Smtp:TimeoutSeconds"] = "2",
            ["Pac:PublicAddress"] = "https://pac.example",
            ["Notifications:Sms:Endpoint"] = $"http://127.0.0.1:{MessageGateway.Port}/sms",
            ["Notifications:Sms:Secret"] = MessageGateway.Secret,
            ["Notifications:Sms:Sender"] = "TTPVHCC",
            ["Notifications:Zalo:AccessToken"] = "zalo-token",
            ["Notifications:Zalo:Endpoint"] = $"http://127.0.0.1:{MessageGateway.Port}/zalo",
            ["Notifications:RetrySeconds"] = "60,600,3600",
            ["Notifications:TimeoutSeconds"] = "1",
        }
    );

/// <summary>A message as the gateway got it.</summary>
public sealed record Message(string Path, string Key, string? Signature, string? Timestamp, string? Token, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Text => Json.GetProperty("text").GetString()!;
}

/// <summary>The gateway of whoever has the contract: a server of its own, which answers as the test says.</summary>
public sealed class MessageGateway : IAsyncDisposable
{
    public const string Secret = "secret-of-the-contract";
    private readonly WebApplication _app;

    private MessageGateway(WebApplication app) => _app = app;

    public static int Port { get; } = Ports.Free();

    public ConcurrentQueue<Message> Messages { get; } = new();

    /// <summary>How a message is answered; it is kept before.</summary>
    public Func<Message, HttpContext, Task> Answer { get; set; } = Takes;

    public static async Task<MessageGateway> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        var gateway = new MessageGateway(builder.Build());
        gateway._app.Run(gateway.Take);
        await gateway._app.StartAsync();
        return gateway;
    }

    public void Answers(int status) =>
        Answer = (_, http) =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    public static Task Takes(Message message, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(message);
        return http.Response.WriteAsJsonAsync(
            message.Path == "/zalo" ? (object)new { error = 0, data = new { msg_id = "zns-1" } } : new { id = "sms-1" }
        );
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        var message = new Message(
            http.Request.Path,
            headers["Idempotency-Key"].ToString(),
            headers["X-Signature"],
            headers["X-Timestamp"],
            headers["access_token"],
            await reader.ReadToEndAsync()
        );
        Messages.Enqueue(message);
        await Answer(message, http);
    }
}

/// <summary>A mail server that takes letters: as much of SMTP (RFC 5321) as that needs.</summary>
public sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, Port);

    public MailServer()
    {
        _listener.Start();
        _ = Accept();
    }

    public static int Port { get; } = Ports.Free();

    /// <summary>The letters with their headers, as they came.</summary>
    public ConcurrentQueue<string> Letters { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Talk(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                var letter = new StringBuilder();
                while (await reader.ReadLineAsync() is { } part && part != ".")
                    letter.Append(part).Append('\n');
                Letters.Enqueue(letter.ToString());
            }
            await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 yes");
        }
    }
}

internal static class Ports
{
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>Tests with a mail server and a gateway that are there.</summary>
public abstract class ToldTests(DossiersHost fixture) : DossierTests(fixture)
{
    protected MessageGateway Gateway { get; private set; } = null!;

    protected MailServer Mail { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Gateway = await MessageGateway.Start();
        Mail = new();
    }

    public override async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Mail.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends what is due now.</summary>
    protected static async Task SendAll(ModuleHost host)
    {
        while (await host.Services.GetRequiredService<NotificationDispatcher>().SendOnce(CancellationToken.None) > 0) { }
    }

    protected Task SendAll() => SendAll(Host);

    /// <summary>What the holder of a dossier was told, as kind, channel and state.</summary>
    protected async Task<List<string>> Told(Reply dossier) =>
        [
            .. (await Officer.Get(Path(dossier) + "/told"))
                .Expect(200)
                .Json.GetProperty("notifications")
                .EnumerateArray()
                .Select(n => $"{n.GetProperty("kind")} {n.GetProperty("channel")} {n.GetProperty("state")}"),
        ];

    protected async Task<string> IdOf(Reply dossier, string kind, string channel) =>
        (await Officer.Get(Path(dossier) + "/told"))
            .Expect(200)
            .Json.GetProperty("notifications")
            .EnumerateArray()
            .Single(n => n.GetProperty("kind").GetString() == kind && n.GetProperty("channel").GetString() == channel)
            .GetProperty("id")
            .GetString()!;

    protected async Task<JsonElement> One(string id) =>
        (await Officer.Get("/api/v1/notifications/" + id)).Expect(200).Json.GetProperty("notification");
}
