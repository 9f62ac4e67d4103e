using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Persistence;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Gateway;

/// <summary>Registers receipts, tills and the gateway.</summary>
internal static class GatewaySetup
{
    public static IServiceCollection AddFees(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = GatewaySettings.Read(configuration);
        services
            .AddSingleton(settings)
            .AddScoped<ICashBook, CashBook>()
            .AddScoped<IGatewayOrders, GatewayOrders>()
            .AddSingleton<GatewayWatch>()
            .AddHostedService(sp => sp.GetRequiredService<GatewayWatch>());
        if (settings.IsSandbox)
            services.AddSingleton<SandboxGateway>().AddSingleton<IPaymentGateway>(sp => sp.GetRequiredService<SandboxGateway>());
        else
            services.AddSingleton<IPaymentGateway, NoGateway>();
        return services
            .AddScoped<IRepository<ReceiptSeries>>(sp => Over(sp, db => db.VisibleSeries(), "receipt-series"))
            .AddScoped<IRepository<FeeReceipt>>(sp => Over(sp, db => db.VisibleReceipts(), "fee-receipt"))
            .AddScoped<IRepository<Till>>(sp => Over(sp, db => db.VisibleTills(), "till"))
            .AddScoped<IRepository<OnlinePayment>>(sp => Over(sp, db => db.VisibleOnlinePayments(), "online-payment"));
    }

    private static EfRepository<T> Over<T>(IServiceProvider services, Func<DossiersDbContext, IQueryable<T>> visible, string kind)
        where T : AggregateRoot
    {
        var db = services.GetRequiredService<DossiersDbContext>();
        return new(db, visible(db), kind);
    }
}
