using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Pac.Host;

/// <summary>What a newcomer needs to know, printed once the host is ready.</summary>
internal static class Welcome
{
    public static void Print(WebApplication app, Database database)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault() ?? "http://localhost:5080";
        if (!app.Environment.IsDevelopment())
        {
            Console.WriteLine($"PAC is ready at {address}");
            return;
        }
        Console.WriteLine(
            $"""

            PAC is ready.
              Swagger UI       {address}/swagger
              OpenAPI 3.1      {address}/api/v1/openapi.json
              sign-in page     {address}/sign-in
              health           {address}/health/ready
              database         {(database.IsPrivate ? "private PostgreSQL in .pac/postgres" : "the configured PostgreSQL")}

            Demonstration accounts (Development only), password Pac-Demo-2026!
              admin director officer caseofficer leader cashier hr accountant facility controller citizen director2 officer2
            Machine client demo-machine, secret demo-machine-secret:
              curl -s {address}/connect/token -d grant_type=client_credentials -d client_id=demo-machine -d client_secret=demo-machine-secret

            Stop with Ctrl+C.
            """
        );
    }
}
