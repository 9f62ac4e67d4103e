using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange.IGate;
using Pac.Dossiers.Exchange.NationalPortal;

namespace Pac.Dossiers.Exchange;

/// <summary>The adapters, one for each partner. What a partner wrote can be read whether it is on or not.</summary>
internal sealed class ExchangePartners : IDisposable
{
    private static readonly PartnerSettings Nowhere = new(new("https://nowhere.invalid/"), "");
    private readonly HttpClient _client;
    private readonly HttpClient _uploads;
    private readonly Dictionary<ExchangePartner, IExchangeAdapter> _adapters;
    private readonly ExchangeSettings _settings;

    public ExchangePartners(ExchangeSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _client = PortalAdapter.Client(settings.Timeout);
        // Apart, for a file may take longer than any other call.
        _uploads = PortalAdapter.Client(settings.FileTimeout);
        _adapters = new()
        {
            [ExchangePartner.NationalPortal] = new PortalAdapter(_client, SettingsOf(ExchangePartner.NationalPortal)),
            [ExchangePartner.IGate] = new IGateAdapter(_client, _uploads, SettingsOf(ExchangePartner.IGate), clock),
        };
    }

    public IEnumerable<ExchangePartner> All => _adapters.Keys;

    /// <summary>The partners that are configured and on.</summary>
    public IEnumerable<ExchangePartner> On => _settings.Partners.Keys;

    public IExchangeAdapter this[ExchangePartner partner] => _adapters[partner];

    /// <summary>How a partner is configured.</summary>
    public PartnerSettings SettingsOf(ExchangePartner partner) => _settings.Partners.GetValueOrDefault(partner, Nowhere);

    public void Dispose()
    {
        foreach (var adapter in _adapters.Values.OfType<IDisposable>())
            adapter.Dispose();
        _client.Dispose();
        _uploads.Dispose();
    }
}
