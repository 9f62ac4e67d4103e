using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Pac.Testing;

namespace Pac.Browser.Tests;

/// <summary>Clients of npm that other people wrote, as judges of the protocol. Their checks are in <c>clients</c>.</summary>
public sealed class ClientTests(Stage stage)
{
    private string Url => stage.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public Task Machines_take_tokens_with_libraries_of_others() => stage.Npm.Run("clients/machine.mjs", ("PAC_URL", Url));

    [Fact]
    public async Task People_sign_in_with_libraries_of_others()
    {
        Assert.SkipUnless(stage.Npm.Missing.Length == 0, stage.Npm.Missing);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var all = key.ExportParameters(includePrivateParameters: true);
        var jwk = new Dictionary<string, string>
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "one",
            ["x"] = Base64Url.EncodeToString(all.Q.X),
            ["y"] = Base64Url.EncodeToString(all.Q.Y),
        };
        var admin = await stage.Host.User("admin");
        var client = "site-" + Guid.CreateVersion7().ToString("N");
        (
            await admin.Post(
                "/api/v1/clients",
                new
                {
                    clientId = client,
                    kind = "webServer",
                    settings = new
                    {
                        name = "Trang của bên thứ ba",
                        owner = "Bên thứ ba",
                        scopes = new[] { "identity.read" },
                        redirectAddresses = new[] { "http://127.0.0.1:7001/back" },
                        signOutAddresses = new[] { "http://127.0.0.1:7001/bye" },
                        keys = JsonSerializer.Serialize(new { keys = new[] { jwk } }),
                    },
                }
            )
        ).Expect(201);
        jwk["d"] = Base64Url.EncodeToString(all.D);
        var (name, password) = await stage.NewPerson("HrOfficer");
        await stage.Npm.Run(
            "clients/people.mjs",
            ("PAC_URL", Url),
            ("PAC_CLIENT", client),
            ("PAC_KEY", JsonSerializer.Serialize(jwk)),
            ("PAC_USER", name),
            ("PAC_PASSWORD", password)
        );
    }

    [Fact]
    public async Task Events_are_verified_by_the_example_of_the_documentation_and_the_library_of_the_specification()
    {
        // The example is taken from the page as a reader takes it; beside the packages it finds the library.
        var page = await File.ReadAllTextAsync(
            Path.Combine(TestDatabase.RepositoryRoot(), "docs", "webhooks.md"),
            TestContext.Current.CancellationToken
        );
        var example = page.Split("```js\n")[1].Split("```")[0];
        var file = Path.Combine(Npm.Folder, "node_modules", ".webhooks-example.mjs");
        Assert.SkipUnless(stage.Npm.Missing.Length == 0, stage.Npm.Missing);
        await File.WriteAllTextAsync(file, example, TestContext.Current.CancellationToken);
        await stage.Npm.Run("clients/webhooks.mjs", ("PAC_URL", stage.Address.GetLeftPart(UriPartial.Authority)), ("EXAMPLE", file));
    }
}
