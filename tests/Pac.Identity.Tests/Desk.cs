using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Pac.Identity.Persistence;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>An administrator at work over the API: a machine in the role of one, because it signs in fast, or a person.</summary>
internal sealed class Desk(HttpClient client, string subject)
{
    public HttpClient Client => client;

    /// <summary>Whom the audit trail names.</summary>
    public string Subject => subject;

    /// <summary>A machine that administers.</summary>
    public static async Task<Desk> Of(ModuleHost host, string scope = "province", string role = "SystemAdmin")
    {
        var (name, secret) = ("desk-" + Guid.CreateVersion7().ToString("N"), "a-secret-that-nobody-guesses-" + Guid.CreateVersion7());
        await using (var services = host.Services.CreateAsyncScope())
        {
            var machine = new OpenIddictApplicationDescriptor
            {
                ClientId = name,
                ClientSecret = secret,
                ClientType = OpenIddictConstants.ClientTypes.Confidential,
                DisplayName = "Máy quản trị",
                Permissions =
                {
                    OpenIddictConstants.Permissions.Endpoints.Token,
                    OpenIddictConstants.Permissions.GrantTypes.ClientCredentials,
                    OpenIddictConstants.Permissions.Prefixes.Scope + "identity",
                },
            };
            await services.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(machine);
            var db = services.ServiceProvider.GetRequiredService<IdentityStore>();
            db.ClientGrants.Add(
                new()
                {
                    ClientId = name,
                    RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(),
                    Scope = scope,
                }
            );
            await db.SaveChangesAsync();
        }
        var token = Tokens.Of(
            await host.Token(("grant_type", "client_credentials"), ("client_id", name), ("client_secret", secret), ("scope", "identity"))
        );
        return new(With(host, token.Access), name);
    }

    /// <summary>A person who administers.</summary>
    public static async Task<(Desk Desk, Domain.User User)> OfPerson(
        ModuleHost host,
        string scope = "province",
        string role = "SystemAdmin"
    )
    {
        var user = await host.NewUser(role, scope);
        return (new(With(host, (await host.SignsIn(user.UserName!)).Access), user.Id.ToString()), user);
    }

    /// <summary>The same on another host.</summary>
    public Desk On(ModuleHost host) => new(With(host, client.DefaultRequestHeaders.Authorization!.Parameter!), subject);

    public Task<Reply> Creates(
        string? name = null,
        object[]? assignments = null,
        string? email = null,
        string display = "Nguyễn Văn Thử"
    ) =>
        client.Post(
            "/api/v1/users",
            new
            {
                userName = name ?? "u-" + Guid.CreateVersion7().ToString("N"),
                displayName = display,
                email,
                assignments,
            }
        );

    public async Task<(Guid Id, Reply Seen)> Has(object[]? assignments = null, string? email = null, string display = "Nguyễn Văn Thử")
    {
        var made = (await Creates(null, assignments, email, display)).Expect(201);
        return (made.Json.GetProperty("id").GetGuid(), made);
    }

    public Task<Reply> Reads(Guid user) => client.Get($"/api/v1/users/{user}");

    /// <summary>An act on the user as he is now.</summary>
    public async Task<Reply> Acts(Guid user, string act, object? body = null) =>
        await client.Post($"/api/v1/users/{user}/{act}", body, ("If-Match", (await Reads(user)).Expect(200).ETag));

    public Task<Reply> Assigns(Guid user, string role, string scope = "province", string? startsOn = null, string? endsOn = null) =>
        Acts(
            user,
            "assignments",
            new
            {
                role,
                scope,
                startsOn,
                endsOn,
            }
        );

    public async Task<(Guid Id, string Code, string Tag)> Role(params string[] permissions)
    {
        var code = "R-" + Guid.CreateVersion7().ToString("N");
        var made = (await client.Post("/api/v1/roles", new { code, role = Content(permissions) })).Expect(201);
        return (made.Json.GetProperty("id").GetGuid(), code, made.ETag);
    }

    public async Task<Reply> Allows(Guid role, params string[] permissions)
    {
        var seen = (await client.Get($"/api/v1/roles/{role}")).Expect(200);
        return await client.Put($"/api/v1/roles/{role}", Content(permissions), ("If-Match", seen.ETag));
    }

    public Task<Reply> Imports(string csv, bool dryRun = false) =>
        client.Call(
            HttpMethod.Post,
            $"/api/v1/user-imports?dryRun={(dryRun ? "true" : "false")}",
            Calls.Body(csv, "text/csv"),
            ("Accept-Language", "en")
        );

    public static object Content(params string[] permissions) =>
        new
        {
            vietnamese = "Vai trò thử",
            english = "Role for a test",
            permissions,
        };

    public static string[] RolesOf(Reply user) =>
        [.. user.Json.GetProperty("assignments").EnumerateArray().Select(a => a.GetProperty("role").GetString()!)];

    /// <summary>The entries of the trail about one thing, oldest first.</summary>
    public async Task<JsonElement[]> Trail(string thing) =>
        [
            .. (await client.Get($"/api/v1/audit-entries?thing={thing}&limit=100"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Reverse(),
        ];

    private static HttpClient With(ModuleHost host, string token)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
