using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>Another provider of identities, such as VNeID, as it stands in the configuration under <c>Identity:External:0</c>, <c>:1</c>, …</summary>
/// <param name="Name">Stable word; links keep it.</param>
/// <param name="DisplayName">What the button says.</param>
/// <param name="CreateCitizens">Whether somebody unknown becomes a user of the role Citizen.</param>
internal sealed record ExternalProvider(string Name, string DisplayName, bool CreateCitizens)
{
    /// <summary>Item of the round trip that says whose account is to be linked.</summary>
    public const string LinkTo = "link-to";

    /// <summary>Item of the round trip that names the provider.</summary>
    public const string ProviderName = "provider";

    public string Scheme => "external-" + Name;

    public static IReadOnlyList<ExternalProvider> All(IConfiguration configuration) =>
        [
            .. Sections(configuration)
                .Select(s => new ExternalProvider(s["Name"]!, s["DisplayName"] ?? s["Name"]!, s["CreateCitizens"] == "true")),
        ];

    public static void Add(AuthenticationBuilder authentication, IConfiguration configuration, SignInSettings settings)
    {
        authentication.Services.AddSingleton(All(configuration));
        var publicAddress = configuration["Pac:PublicAddress"]?.TrimEnd('/');
        foreach (var section in Sections(configuration))
        {
            var name = section["Name"]!;
            authentication.AddOpenIdConnect(
                "external-" + name,
                o =>
                {
                    o.Authority = section["Authority"];
                    o.ClientId = section["ClientId"];
                    o.ClientSecret = section["ClientSecret"];
                    o.ResponseType = OpenIdConnectResponseType.Code;
                    o.ResponseMode = OpenIdConnectResponseMode.Query;
                    o.UsePkce = true;
                    o.SaveTokens = false;
                    o.MapInboundClaims = false;
                    o.GetClaimsFromUserInfoEndpoint = section["UserInfo"] == "true";
                    o.DisableTelemetry = true;
                    o.Scope.Clear();
                    foreach (var scope in (section["Scope"] ?? "openid profile").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        o.Scope.Add(scope);
                    o.CallbackPath = $"/sign-in/external/{name}/callback";
                    o.SignInScheme = IdentityConstants.ExternalScheme;
                    o.RequireHttpsMetadata = section["AllowHttp"] != "true";
                    // The provider's answers are taken from where they were asked for and nowhere else (ASVS 15.3.2).
                    o.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
                    o.BackchannelTimeout = TimeSpan.FromSeconds(10);
                    o.TokenValidationParameters.NameClaimType = "name";
                    foreach (var cookie in new[] { o.CorrelationCookie, o.NonceCookie })
                    {
                        cookie.SameSite = SameSiteMode.Lax;
                        cookie.SecurePolicy = settings.Secure;
                        cookie.HttpOnly = true;
                    }
                    o.Events.OnRedirectToIdentityProvider = context =>
                    {
                        if (publicAddress is { Length: > 0 })
                            context.ProtocolMessage.RedirectUri = publicAddress + o.CallbackPath;
                        return Task.CompletedTask;
                    };
                    // What went wrong is the provider's or the person's affair; the page says that it did not work.
                    o.Events.OnRemoteFailure = async context =>
                    {
                        context.Response.Redirect("/sign-in?external=failed");
                        context.HandleResponse();
                        var db = context.HttpContext.RequestServices.GetRequiredService<IdentityStore>();
                        db.Note(nameof(User), "", Sessions.Changed(new { reason = "external", provider = name }), "sign-in-failed");
                        await db.SaveChangesAsync(context.HttpContext.RequestAborted);
                    };
                }
            );
        }
    }

    private static IEnumerable<IConfigurationSection> Sections(IConfiguration configuration) =>
        configuration
            .GetSection("Identity:External")
            .GetChildren()
            .Where(s => s["Name"] is { Length: > 0 } && s["Authority"] is { Length: > 0 });
}
