using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using OpenIddict.Abstractions;
using Pac.BuildingBlocks;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Seeding;

/// <summary>Demonstration users and clients with published passwords. Exists in the development sandbox only.</summary>
internal sealed class SeedSandbox(
    IdentityStore db,
    UserManager<User> users,
    IOpenIddictApplicationManager clients,
    IConfiguration configuration,
    TimeProvider clock
) : ISeed
{
    private const string Password = "Pac-Demo-2026!";

    private static readonly (string Name, string Display, string Role, string Scope)[] People =
    [
        ("admin", "Quản trị viên", "SystemAdmin", "province"),
        ("director", "Giám đốc Trung tâm", "CentreDirector", "province"),
        ("officer", "Cán bộ tiếp nhận", "ReceptionOfficer", "centre:dak-lak"),
        ("caseofficer", "Chuyên viên thụ lý", "CaseOfficer", "agency:H15.09"),
        ("leader", "Lãnh đạo cơ quan", "AgencyLeader", "agency:H15.09"),
        ("cashier", "Thu ngân", "Cashier", "centre:dak-lak"),
        ("hr", "Cán bộ nhân sự", "HrOfficer", "province"),
        ("accountant", "Kế toán", "PayrollAccountant", "province"),
        ("facility", "Quản lý cơ sở vật chất", "FacilityManager", "province"),
        ("controller", "Kiểm soát TTHC", "ProcedureController", "province"),
        ("citizen", "Công dân mẫu", "Citizen", "own"),
        ("director2", "Giám đốc Trung tâm phường", "CentreDirector", "centre:66-22015"),
        ("officer2", "Cán bộ tiếp nhận phường", "ReceptionOfficer", "centre:66-22015"),
    ];

    public bool SandboxOnly => true;

    public async Task Run(CancellationToken ct)
    {
        var roles = await db.Roles.ToDictionaryAsync(r => r.Name, r => r.Id, ct);
        var present = await db.Users.Select(u => u.UserName).ToListAsync(ct);
        foreach (var (name, display, role, scope) in People.Where(p => !present.Contains(p.Name)))
        {
            var user = new User
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                UserName = name,
                DisplayName = display,
                LockoutEnabled = true,
                CreatedAt = clock.GetUtcNow(),
            };
            user.Touch(clock.GetUtcNow());
            var made = await users.CreateAsync(user, Password);
            if (!made.Succeeded)
                throw new InvalidOperationException($"The demonstration user {name} cannot be made: {made}");
            db.Assignments.Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    UserId = user.Id,
                    RoleId = roles[role],
                    Scope = scope,
                }
            );
        }
        await db.SaveChangesAsync(ct);
        await SeedClients(roles["Integrator"], ct);
    }

    private async Task SeedClients(Guid integrator, CancellationToken ct)
    {
        var machine = new OpenIddictApplicationDescriptor
        {
            ClientId = "demo-machine",
            ClientSecret = "demo-machine-secret",
            ClientType = ClientTypes.Confidential,
            DisplayName = "Demonstration machine client",
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Introspection,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.ClientCredentials,
            },
        };
        foreach (var scope in ServerSetup.ApiScopes)
            machine.Permissions.Add(Permissions.Prefixes.Scope + scope);
        await Put(machine, ct);
        if (!await db.ClientGrants.AnyAsync(g => g.ClientId == "demo-machine", ct))
        {
            db.ClientGrants.Add(
                new()
                {
                    ClientId = "demo-machine",
                    RoleId = integrator,
                    Scope = "province",
                }
            );
            await db.SaveChangesAsync(ct);
        }
        string[] hall = ["appointments", "appointments.read"];
        await Put(
            Public(
                "demo-spa",
                "Demonstration front end",
                ServerSetup.ApiScopes,
                "http://localhost:5173/callback",
                "http://127.0.0.1:5173/callback"
            ),
            ct
        );
        await Put(
            Public("demo-kiosk", "Demonstration kiosk", hall, "http://localhost:5174/callback", "http://127.0.0.1:5174/callback"),
            ct
        );
        var own = Addresses().Select(a => a + "/swagger/oauth2-redirect.html").ToArray();
        await Put(Public("swagger-ui", "Swagger UI", ServerSetup.ApiScopes, own), ct);
    }

    private static OpenIddictApplicationDescriptor Public(string id, string name, string[] scopes, params string[] redirects)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientType = ClientTypes.Public,
            DisplayName = name,
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.Endpoints.EndSession,
                Permissions.Endpoints.Revocation,
                Permissions.Endpoints.PushedAuthorization,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
                Permissions.Scopes.Email,
                Permissions.Scopes.Phone,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        foreach (var scope in scopes)
            client.Permissions.Add(Permissions.Prefixes.Scope + scope);
        foreach (var redirect in redirects)
        {
            client.RedirectUris.Add(new(redirect));
            client.PostLogoutRedirectUris.Add(new Uri(new Uri(redirect), "/"));
        }
        return client;
    }

    private async Task Put(OpenIddictApplicationDescriptor client, CancellationToken ct)
    {
        var known = await clients.FindByClientIdAsync(client.ClientId!, ct);
        if (known is null)
            await clients.CreateAsync(client, ct);
        else if (client.ClientType == ClientTypes.Public)
            await clients.UpdateAsync(known, client, ct);
    }

    // The address of this host, by both of its loopback names.
    private IEnumerable<string> Addresses() =>
        (configuration["urls"] ?? "http://localhost:5080")
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(u =>
                u.Replace("*", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/')
            )
            .SelectMany(u =>
                new[]
                {
                    u.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
                    u.Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
                }
            )
            .Distinct();
}
