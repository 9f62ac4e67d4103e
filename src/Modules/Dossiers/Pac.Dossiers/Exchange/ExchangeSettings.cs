using System.Globalization;
using Microsoft.Extensions.Configuration;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Exchange;

/// <summary>How a partner is reached, as the operator configures it under <c>Exchange:NationalPortal</c> or <c>Exchange:IGate</c>.</summary>
/// <param name="Endpoint">Where its services are.</param>
/// <param name="Session">What it knows us by: the session of the portal, the client secret of iGate.</param>
/// <param name="ClientId">Our client id, where it has tokens.</param>
internal sealed record PartnerSettings(Uri Endpoint, string Session, string ClientId = "")
{
    /// <summary>Hosts besides its own, with the port where it is no usual one, from which its files may be fetched.</summary>
    public IReadOnlySet<string> FileHosts { get; init; } = new HashSet<string>();

    /// <summary>Member of a paper in <c>DanhSachGiayToBoSung</c> that holds its component; to be confirmed with the partner.</summary>
    public string PaperMember { get; init; } = "MaThanhPhanHoSo";

    /// <summary>Member of a paper in <c>DanhSachGiayToBoSung</c> that says what is wrong with it; to be confirmed with the partner.</summary>
    public string ReasonMember { get; init; } = "NoiDung";

    /// <summary>The call by which our files are sent to iGate before the dossier that names them; null as long as none was agreed upon.</summary>
    public string? UploadCall { get; init; }

    public static PartnerSettings Read(IConfigurationSection section, Uri endpoint) =>
        new(endpoint, section["Session"] ?? section["ClientSecret"] ?? "", section["ClientId"] ?? "")
        {
            FileHosts = (section["FileHosts"] ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
            PaperMember = section["PaperMember"] ?? "MaThanhPhanHoSo",
            ReasonMember = section["ReasonMember"] ?? "NoiDung",
            UploadCall = section["UploadCall"],
        };
}

/// <summary>How dossiers are exchanged, as the operator configures it under <c>Exchange</c>.</summary>
internal sealed record ExchangeSettings
{
    /// <summary>The partners that are on.</summary>
    public required IReadOnlyDictionary<ExchangePartner, PartnerSettings> Partners { get; init; }

    /// <summary>Waits between tries while a partner is away; the last one repeats, for a dossier is never given up.</summary>
    public required IReadOnlyList<TimeSpan> Retries { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>How long a file may take to come.</summary>
    public required TimeSpan FileTimeout { get; init; }

    /// <summary>How often a partner is asked what is new there.</summary>
    public required TimeSpan PullEvery { get; init; }

    /// <summary>When a night's comparison begins, local time.</summary>
    public required TimeOnly ReconcileAt { get; init; }

    /// <summary>How many days back a night's comparison goes.</summary>
    public required int ReconcileDays { get; init; }

    /// <summary>Where files of ours can be fetched; empty when they cannot.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>The centre that answers for the intake of what comes in online; null when none is named.</summary>
    public string? IntakeCentre { get; init; }

    /// <summary>The centres that answer for it in place of that one, by competent agency.</summary>
    public IReadOnlyDictionary<string, string> IntakeCentres { get; init; } = new Dictionary<string, string>();

    public static ExchangeSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Exchange");
        Dictionary<ExchangePartner, PartnerSettings> partners = [];
        foreach (var partner in Enum.GetValues<ExchangePartner>())
        {
            var own = section.GetSection(partner.ToString());
            if (own["On"] == "true" && Uri.TryCreate(own["Endpoint"], UriKind.Absolute, out var endpoint))
                partners[partner] = PartnerSettings.Read(own, endpoint);
        }
        return new()
        {
            Partners = partners,
            PublicAddress = (section["PublicAddress"] ?? "").TrimEnd('/'),
            IntakeCentre = section["IntakeCentre"],
            IntakeCentres = section
                .GetSection("IntakeCentres")
                .GetChildren()
                .Where(c => c.Value is not null)
                .ToDictionary(c => c.Key, c => c.Value!),
            Retries =
            [
                .. (section["RetrySeconds"] ?? "5,30,120,600,1800")
                    .Split(',')
                    .Select(s => TimeSpan.FromSeconds(double.Parse(s, CultureInfo.InvariantCulture))),
            ],
            Timeout = TimeSpan.FromSeconds(double.Parse(section["TimeoutSeconds"] ?? "30", CultureInfo.InvariantCulture)),
            FileTimeout = TimeSpan.FromSeconds(double.Parse(section["FileTimeoutSeconds"] ?? "300", CultureInfo.InvariantCulture)),
            PullEvery = TimeSpan.FromSeconds(double.Parse(section["PullSeconds"] ?? "60", CultureInfo.InvariantCulture)),
            ReconcileAt = TimeOnly.Parse(section["ReconcileAt"] ?? "01:30", CultureInfo.InvariantCulture),
            ReconcileDays = int.Parse(section["ReconcileDays"] ?? "90", CultureInfo.InvariantCulture),
        };
    }
}
