using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Gateway;

/// <summary>
/// Stands for the payment platform of the National Public Service Portal while developing: takes orders, lets somebody say on a page that they paid
/// or that it failed, and sends signed notices over HTTP, as often as wanted. It keeps its orders in a connection of its own, as another system would.
/// </summary>
internal sealed class SandboxGateway(IServiceScopeFactory scopes, GatewaySettings settings) : IPaymentGateway
{
    /// <summary>Where the payer goes.</summary>
    public const string Page = "/sandbox-gateway/";

    /// <summary>Where notices come in.</summary>
    public const string Notices = "/payment-gateway/notices";

    /// <summary>The header with the signature of a notice.</summary>
    public const string Signature = "Pay-Signature";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public async Task<GatewayOrder> Start(string orderCode, long amountDong, string address, DateTimeOffset now, CancellationToken ct)
    {
        var expires = now + settings.Validity;
        await InOwnConnection(db => db.AddSandboxOrder(orderCode, amountDong, expires, address + Notices, ct));
        return new(address + Page + orderCode, $"PACSANDBOX|{orderCode}|{amountDong}", expires);
    }

    public async Task<GatewayNotice> Ask(string orderCode, CancellationToken ct) =>
        await Find(orderCode, ct) is { } order ? NoticeOf(order) : new(orderCode, GatewayState.Expired, 0, null);

    public Task Refund(string orderCode, string document, long amountDong, CancellationToken ct) =>
        InOwnConnection(db => db.RefundSandboxOrder(orderCode, document, amountDong, ct));

    public GatewayNotice Read(string body, string? signature) => SignedNotices.Read(body, signature, settings.Secret);

    /// <summary>The order as this side knows it, or null.</summary>
    public async Task<SandboxOrder?> Find(string code, CancellationToken ct)
    {
        SandboxOrder? order = null;
        await InOwnConnection(async db => order = await db.FindSandboxOrder(code, ct));
        return order;
    }

    /// <summary>The payer pays, another amount than asked for if wanted.</summary>
    public Task Pay(string code, long dong, string transaction, CancellationToken ct) =>
        InOwnConnection(db => db.DecideSandboxOrder(code, nameof(GatewayState.Paid), dong, transaction, ct));

    /// <summary>The payment fails.</summary>
    public Task Fail(string code, CancellationToken ct) =>
        InOwnConnection(db => db.DecideSandboxOrder(code, nameof(GatewayState.Failed), 0, null, ct));

    /// <summary>Sends the notice about an order so many times; none at all when it is to get lost.</summary>
    public async Task Tell(string code, int times, CancellationToken ct)
    {
        if (await Find(code, ct) is not { } order)
            return;
        var body = SignedNotices.Write(NoticeOf(order));
        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, order.NoticeAddress)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add(Signature, SignedNotices.Sign(body, settings.Secret));
            try
            {
                using var answer = await Http.SendAsync(request, ct);
            }
            catch (HttpRequestException)
            {
                // Lost on the way, as it happens; whoever waits for it asks.
            }
        }
    }

    private static GatewayNotice NoticeOf(SandboxOrder order) =>
        new(order.Code, Enum.Parse<GatewayState>(order.State), order.PaidDong, order.TransactionId);

    private async Task InOwnConnection(Func<DossiersDbContext, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<DossiersDbContext>());
    }
}
