using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;
using Pac.Dossiers.Webhooks;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>Tests with another system at hand.</summary>
public abstract class PartnerTests(DossiersHost fixture) : DossierTests(fixture)
{
    protected const string Portal = "/api/v1/integration/national-portal";
    protected PortalSimulator ThePortal { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ThePortal = await PortalSimulator.Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await ThePortal.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ExchangeWorker Worker => Host.Services.GetRequiredService<ExchangeWorker>();

    private protected FileFetcher Files => Host.Services.GetRequiredService<FileFetcher>();

    // Puts acts in line and handles what is due.
    private protected async Task<int> Sync(ExchangePartner partner)
    {
        await Host.Services.GetRequiredService<WebhookDispatcher>().DeliverOnce(Ct);
        return await Worker.RunOnce(partner, Ct);
    }

    protected Task<int> Sync() => Sync(ExchangePartner.NationalPortal);

    // A dossier whose status the portal states.
    protected async Task<Reply> Stated(Reply dossier) =>
        (await Officer.Post(Path(dossier) + "/stated-by", new { system = "nationalPortal" }, ("If-Match", dossier.ETag))).Expect(200);

    protected async Task Say(string code, int status, string at) =>
        (await Officer.Post(Portal + "/messages", new { message = Message(code, status, at) })).Expect(201);

    protected static string Message(string code, int status, string at) =>
        JsonSerializer.Serialize(
            new
            {
                MaHoSo = code,
                MaTTHC = Licence,
                TrangThaiHoSo = status.ToString(CultureInfo.InvariantCulture),
                ThoiDiemXuLy = at,
            }
        );

    protected async Task<IReadOnlyList<JsonElement>> Ledger(Reply dossier) =>
        [
            .. (await Officer.Get(Path(dossier) + "/sync-ledger"))
                .Expect(200)
                .Json.GetProperty("entries")
                .EnumerateArray()
                .Select(e => e.GetProperty("message")),
        ];

    protected static bool Inbound(JsonElement entry) => Word(entry, "direction") == "inbound";

    protected static string Word(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
