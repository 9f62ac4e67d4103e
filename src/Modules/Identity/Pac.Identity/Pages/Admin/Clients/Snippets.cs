using Pac.Identity.Features.Clients;

namespace Pac.Identity.Pages.Admin.Clients;

/// <summary>The few lines with which a developer sees that an application works, in three languages and for its kind.</summary>
internal static class Snippets
{
    public static IReadOnlyList<(string Name, string Code)> For(ClientView client, string issuer)
    {
        var scope = string.Join(' ', client.Scopes);
        return client.Kind == ClientKind.Machine
            ? Machine(client, issuer, scope)
            : People(client, issuer, $"openid profile {scope}".Trim());
    }

    private static (string, string)[] Machine(ClientView client, string issuer, string scope) =>
        [
            (
                "curl",
                $"""
                TOKEN=$(curl -s {issuer}/connect/token \
                  -d grant_type=client_credentials -d client_id={client.ClientId} \
                  --data-urlencode client_secret="$CLIENT_SECRET" \
                  -d 'scope={scope}' | sed 's/.*"access_token": *"\([^"]*\)".*/\1/')
                curl -s {issuer}/api/v1/me -H "Authorization: Bearer $TOKEN"
                """
            ),
            (
                "JavaScript",
                $$"""
                const answer = await fetch('{{issuer}}/connect/token', {
                  method: 'POST',
                  body: new URLSearchParams({
                    grant_type: 'client_credentials',
                    client_id: '{{client.ClientId}}',
                    client_secret: process.env.CLIENT_SECRET,
                    scope: '{{scope}}',
                  }),
                });
                const { access_token } = await answer.json();
                const me = await fetch('{{issuer}}/api/v1/me', { headers: { Authorization: `Bearer ${access_token}` } });
                console.log(await me.json());
                """
            ),
            (
                "C#",
                $$"""
                using var http = new HttpClient { BaseAddress = new("{{issuer}}/") };
                using var answer = await http.PostAsync("connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = "{{client.ClientId}}",
                    ["client_secret"] = Environment.GetEnvironmentVariable("CLIENT_SECRET")!,
                    ["scope"] = "{{scope}}",
                }));
                var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
                http.DefaultRequestHeaders.Authorization = new("Bearer", token);
                Console.WriteLine(await http.GetStringAsync("api/v1/me"));
                """
            ),
        ];

    private static (string, string)[] People(ClientView client, string issuer, string scope)
    {
        var redirect = client.RedirectAddresses.Count > 0 ? client.RedirectAddresses[0] : "";
        var secret = client.Kind == ClientKind.WebServer;
        var authorize =
            $"{issuer}/connect/authorize?client_id={client.ClientId}&response_type=code&scope={Uri.EscapeDataString(scope)}&redirect_uri={Uri.EscapeDataString(redirect)}&code_challenge_method=S256&code_challenge=";
        return
        [
            (
                "curl",
                $"""
                VERIFIER=$(openssl rand -hex 32)
                CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')
                echo "{authorize}$CHALLENGE"
                # Open that address, sign in, and put the code you come back with here:
                curl -s {issuer}/connect/token \
                  -d grant_type=authorization_code -d client_id={client.ClientId} -d "code=$CODE" \
                  --data-urlencode redirect_uri={redirect} -d "code_verifier=$VERIFIER"{(
                    secret ? " --data-urlencode client_secret=\"$CLIENT_SECRET\"" : ""
                )}
                """
            ),
            (
                "JavaScript",
                $$"""
                // npm install openid-client
                import * as oidc from 'openid-client';
                const server = await oidc.discovery(new URL('{{issuer}}'), '{{client.ClientId}}'{{(
                    secret ? ", process.env.CLIENT_SECRET" : ""
                )}});
                const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
                const there = oidc.buildAuthorizationUrl(server, {
                  redirect_uri: '{{redirect}}',
                  scope: '{{scope}}',
                  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
                  code_challenge_method: 'S256',
                });
                // Send the person there; then, with the address you come back to:
                const tokens = await oidc.authorizationCodeGrant(server, new URL(cameBackTo), { pkceCodeVerifier });
                """
            ),
            (
                "C#",
                $$"""
                // ASP.NET Core, package Microsoft.AspNetCore.Authentication.OpenIdConnect
                builder.Services.AddAuthentication("cookie").AddCookie("cookie").AddOpenIdConnect("pac", o =>
                {
                    o.Authority = "{{issuer}}";
                    o.ClientId = "{{client.ClientId}}";{{(
                    secret ? "\n    o.ClientSecret = builder.Configuration[\"CLIENT_SECRET\"];" : ""
                )}}
                    o.ResponseType = "code";
                    o.UsePkce = true;
                    o.SaveTokens = true;
                    o.CallbackPath = "{{(Uri.TryCreate(redirect, UriKind.Absolute, out var back) ? back.AbsolutePath : "/callback")}}";
                    foreach (var scope in "{{scope}}".Split(' '))
                        o.Scope.Add(scope);
                });
                """
            ),
        ];
    }
}
