using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace Pac.BuildingBlocks.Mail;

/// <summary>The address that links in letters begin with. Never the Host header: whoever asks for a letter chooses that one.</summary>
/// <param name="configuration">Says the public address.</param>
/// <param name="server">The server of this host.</param>
public sealed class OwnAddress(IConfiguration configuration, IServer server)
{
    /// <summary>The public address; in the sandbox the address of this host; null when nothing says it.</summary>
    public string? Find()
    {
        if (configuration["Pac:PublicAddress"] is { Length: > 0 } set)
            return set.TrimEnd('/');
        return configuration["Pac:Sandbox"] == "true"
            ? server
                .Features.Get<IServerAddressesFeature>()
                ?.Addresses.FirstOrDefault()
                ?.Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
                .Replace("[::]", "localhost", StringComparison.Ordinal)
                .TrimEnd('/')
            : null;
    }
}
