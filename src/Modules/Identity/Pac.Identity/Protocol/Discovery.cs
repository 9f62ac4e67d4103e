using System.Collections.Immutable;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>What the discovery document says beyond what OpenIddict knows by itself.</summary>
internal static class Discovery
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<HandleConfigurationRequestContext>()
            .UseInlineHandler(context =>
            {
                context.Metadata["ui_locales_supported"] = ImmutableArray.Create<string?>("vi", "en");
                context.Metadata["claims_locales_supported"] = ImmutableArray.Create<string?>("vi");
                context.Metadata["acr_values_supported"] = ImmutableArray.Create<string?>("aal1", "aal2");
                return default;
            })
            .SetOrder(int.MaxValue - 100_000)
            .Build();
}
