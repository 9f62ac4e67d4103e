using System.Net;
using System.Net.Sockets;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Webhooks;

/// <summary>Addresses that anybody on the internet can be reached at, and no others.</summary>
internal static class PublicAddress
{
    // Everything that IANA's registries of special addresses do not call globally reachable (RFC 6890 and its updates).
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    // Within the global range: protocol assignments with Teredo, documentation, and 6to4, which may carry any address inside.
    private static readonly IPNetwork[] SpecialV6 =
    [
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    public static bool Is(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return bare.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(SpecialV4, n => n.Contains(bare))
            : GlobalV6.Contains(bare) && !Array.Exists(SpecialV6, n => n.Contains(bare));
    }
}

/// <summary>A name that leads to an address which must not be reached.</summary>
internal sealed class RefusedAddressException() : IOException("refused-address");

internal sealed class WebhookTargets(WebhookSettings settings) : IWebhookTargets
{
    private static readonly TimeSpan LookUp = TimeSpan.FromSeconds(3);
    private static readonly string[] LocalNames = ["localhost", ".localhost", ".local", ".internal", ".home.arpa"];

    public async Task Check(string url, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || !MayBeNamed(target))
            throw new BusinessRuleException(WebhookErrors.TargetRefused.At("/url"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LookUp);
        try
        {
            await Resolve(target.IdnHost, limit.Token);
        }
        catch (RefusedAddressException)
        {
            throw new BusinessRuleException(WebhookErrors.TargetRefused.At("/url"));
        }
        catch (Exception e) when (e is SocketException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            // A name that leads nowhere yet does no harm: it is judged again whenever something is sent.
        }
    }

    /// <summary>What can be judged without a look-up. The parser has read decimal, octal, hexadecimal and short forms as what they are.</summary>
    public bool MayBeNamed(Uri target)
    {
        if (target.Scheme is not ("https" or "http") || target.UserInfo.Length > 0 || target.IdnHost.Length == 0)
            return false;
        if (settings.AllowPrivateAddresses)
            return true;
        var host = target.IdnHost.TrimEnd('.');
        return target.Scheme == "https"
            && settings.AllowedPorts.Contains(target.Port)
            && !Array.Exists(
                LocalNames,
                n => host.Equals(n, StringComparison.OrdinalIgnoreCase) || host.EndsWith(n, StringComparison.OrdinalIgnoreCase)
            )
            && (!IPAddress.TryParse(host, out var address) || PublicAddress.Is(address));
    }

    /// <summary>The addresses of a host. All of them must be public: a name that leads to both kinds is no mistake to be lenient with.</summary>
    /// <exception cref="RefusedAddressException">One of them must not be reached.</exception>
    public async Task<IPAddress[]> Resolve(string host, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        if (!settings.AllowPrivateAddresses && !Array.TrueForAll(addresses, PublicAddress.Is))
            throw new RefusedAddressException();
        return addresses;
    }
}
