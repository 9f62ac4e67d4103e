using Pac.Identity.Tests;
using Pac.Testing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(IdentityHost))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Pac.Identity.Tests;

/// <summary>The identity module alone with its sandbox. Users, roles and clients stay; sign-ins and tokens start anew for each test.</summary>
public sealed class IdentityHost()
    : ModuleFixture(() =>
        ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                Elsewhere.Is(o);
                o.Settings["Identity:Issuer"] = Demo.Issuer;
                o.Settings["Pac:MailFolder"] = Directory.CreateTempSubdirectory("pac-mail-").FullName;
                o.Keep.AddRange([
                    "users",
                    "roles",
                    "role_permissions",
                    "user_roles",
                    "client_grants",
                    "clients",
                    "client_secrets",
                    "scopes",
                    "server_keys",
                    "data_protection_keys",
                ]);
            }
        )
    );
