using System.Text.RegularExpressions;
using Pac.BuildingBlocks.Web;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>What the host answers at all: nothing but what is published (OWASP API8, API9).</summary>
[Collection(RightsCollection.Name)]
public sealed partial class SurfaceTests(RightsHost fixture)
{
    // Pages and the protocol; each looks after its callers itself. What is mapped besides these is in the document.
    private static readonly string[] OutsideTheDocument =
    [
        "/",
        "/api/v1/openapi.json",
        "/swagger/start.js",
        "/connect/authorize",
        "/connect/token",
        "/connect/userinfo",
        "/connect/endsession",
        "/sign-in",
        "/sign-in/passkey-options",
        "/sign-in/passkey",
        "/sign-in/second-factor",
        "/sign-in/recovery",
        "/sign-in/external/{name}",
        "/sign-in/external",
        "/sign-out",
        "/account",
        "/account/logins",
        "/account/logins/remove",
        "/account/password",
        "/account/second-factor",
        "/account/second-factor/codes",
        "/account/second-factor/remove",
        "/account/passkeys",
        "/account/passkeys/options",
        "/account/passkeys/remove",
        "/account/sessions",
        "/account/sessions/end",
        "/account/sessions/end-others",
        "/account/sessions/forget",
        "/account/email",
        "/forgot-password",
        "/reset-password",
        "/invitation",
        "/confirm-email",
        "/track/{code}",
        "/track/{code}/rating",
        "/track/{code}/messages",
        "/notification-receipts/sms",
        "/notification-receipts/zalo",
        "/track/feedback",
        "/track/feedback/{code}",
        "/guide/{code}",
        "/payment-gateway/notices",
        "/sandbox-gateway/{code}",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW"];

    [Fact]
    public void Every_route_is_in_the_document_or_a_page_that_is_known()
    {
        var published = fixture.Document.Operations.Select(o => $"{o.Method} {o.Template}").ToHashSet();
        var routes = fixture
            .Routes.SelectMany(r =>
                (r.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m =>
                    (Name: $"{m} {Path(r)}", Route: r)
                )
            )
            .ToList();
        Assert.Empty(
            routes
                .Where(r => !published.Contains(r.Name) && !IsAdministration(r.Route) && !OutsideTheDocument.Contains(Path(r.Route)))
                .Select(r => r.Name)
        );
        Assert.Empty(published.Except(routes.Select(r => r.Name)));
        Assert.Empty(OutsideTheDocument.Except(fixture.Routes.Select(Path)));
    }

    [Fact]
    public void Every_operation_states_who_may_call_it()
    {
        var silent = fixture
            .Routes.Where(r => !OutsideTheDocument.Contains(Path(r)) && !IsAdministration(r))
            .Where(r => r.Metadata.Count(m => m is PermissionMetadata or SignedInMetadata or AnonymousMetadata) != 1);
        Assert.Empty(silent.Select(Path));
        // And the document says the same: no scope where anybody may call, else one.
        foreach (var operation in fixture.Document.Operations)
        {
            var route = fixture.Routes.Single(r => r.Metadata.GetMetadata<UseCaseMetadata>()?.UseCase == operation.Id);
            Assert.True(operation.IsOpen == (route.Metadata.GetMetadata<AnonymousMetadata>() is not null), operation.ToString());
        }
    }

    [Fact]
    public async Task Methods_that_are_not_published_are_not_allowed()
    {
        var entitled = await fixture.AllPowerful("province");
        foreach (var path in fixture.Document.Operations.GroupBy(o => o.Template))
        {
            var allowed = path.Select(o => o.Method.Method).ToHashSet();
            if (allowed.Contains("GET"))
                allowed.Add("HEAD");
            var address = Parameter().Replace(path.Key, Guid.CreateVersion7().ToString());
            foreach (var method in Methods.Except(allowed))
            {
                var reply = await entitled.Call(new(method), address, null, ("X-HTTP-Method-Override", path.First().Method.Method));
                Assert.True(reply.Status == 405, $"{method} {path.Key}: {reply}");
                Assert.True(
                    reply.Headers["Allow"].SelectMany(a => a.Split(", ")).ToHashSet().IsSupersetOf(path.Select(o => o.Method.Method)),
                    $"{method} {path.Key} does not say what is allowed"
                );
            }
        }
    }

    [Fact]
    public async Task Any_site_may_call_with_a_token_and_none_with_cookies()
    {
        var caller = fixture.Host.Anonymous();
        var paths = fixture.Document.Operations.Select(o => (o.Method.Method, Path: Parameter().Replace(o.Template, "1")));
        foreach (
            var (method, path) in paths.Concat([
                ("POST", "/connect/token"),
                ("GET", "/sign-in"),
                ("POST", "/sign-in"),
                ("GET", "/connect/authorize"),
            ])
        )
        {
            foreach (var origin in new[] { "https://foreign.example", "null", "http://localhost:5173" })
            {
                var asked = await caller.Call(
                    HttpMethod.Options,
                    path,
                    null,
                    ("Origin", origin),
                    ("Access-Control-Request-Method", method),
                    ("Access-Control-Request-Headers", "authorization, content-type")
                );
                var answer = await caller.Get(path, ("Origin", origin), ("Cookie", "pac-session=stolen"));
                foreach (var reply in new[] { asked, answer })
                {
                    Assert.True(reply.Header("Access-Control-Allow-Credentials") is null, $"{method} {path} lets cookies in");
                    Assert.True(reply.Header("Access-Control-Allow-Origin") is null or "*", $"{method} {path} mirrors the origin");
                }
            }
        }
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/debug")]
    [InlineData("/env")]
    [InlineData("/actuator")]
    [InlineData("/actuator/health")]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/")]
    [InlineData("/api/v0/dossiers")]
    [InlineData("/api/v2/dossiers")]
    [InlineData("/api/v1/internal")]
    [InlineData("/api/v1/test")]
    [InlineData("/.git/config")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/appsettings.Development.json")]
    [InlineData("/web.config")]
    [InlineData("/trace.axd")]
    [InlineData("/elmah.axd")]
    [InlineData("/hangfire")]
    [InlineData("/_framework/debug")]
    [InlineData("/_vs/browserLink")]
    [InlineData("/Pac.Host.dll")]
    [InlineData("/server-status")]
    [InlineData("/robots.txt")]
    [InlineData("/.well-known/security.txt")]
    public async Task Nothing_is_found_by_guessing(string path)
    {
        var reply = (await fixture.Host.Anonymous().Get(path)).Expect(404);
        Assert.Equal("application/problem+json", reply.Header("Content-Type"));
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("/swagger")]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/start.js")]
    [InlineData("/swagger/swagger-ui.css")]
    [InlineData("/swagger/oauth2-redirect.html")]
    public async Task The_reference_loads_nothing_from_elsewhere_and_is_framed_by_nobody(string path)
    {
        var reply = await fixture.Host.Anonymous().Get(path);
        Assert.True(reply.Status is 200 or 301, reply.ToString());
        var policy = reply.Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
    }

    // The host does not start with a page of administration that states no permission.
    private static bool IsAdministration(Microsoft.AspNetCore.Routing.RouteEndpoint route) =>
        route.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is not null
        && (Path(route) + "/").StartsWith("/admin/", StringComparison.Ordinal);

    private static string Path(Microsoft.AspNetCore.Routing.RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
