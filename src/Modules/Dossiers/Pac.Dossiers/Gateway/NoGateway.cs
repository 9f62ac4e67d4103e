using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Gateway;

/// <summary>Where no gateway is configured: says so.</summary>
internal sealed class NoGateway : IPaymentGateway
{
    public Task<GatewayOrder> Start(string orderCode, long amountDong, string address, DateTimeOffset now, CancellationToken ct) =>
        throw new BusinessRuleException(GatewayErrors.Off);

    public Task<GatewayNotice> Ask(string orderCode, CancellationToken ct) => throw new BusinessRuleException(GatewayErrors.Off);

    public Task Refund(string orderCode, string document, long amountDong, CancellationToken ct) =>
        throw new BusinessRuleException(GatewayErrors.Off);

    public GatewayNotice Read(string body, string? signature) => throw new BusinessRuleException(GatewayErrors.Off);
}
