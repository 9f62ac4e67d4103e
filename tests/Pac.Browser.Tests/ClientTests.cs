using Pac.Testing;

namespace Pac.Browser.Tests;

/// <summary>Clients of npm that other people wrote, as judges of the protocol. Their checks are in <c>clients</c>.</summary>
public sealed class ClientTests(Stage stage)
{
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

    [Fact]
    public Task Machines_take_tokens_with_libraries_of_others() =>
        stage.Npm.Run("clients/machine.mjs", ("PAC_URL", stage.Address.GetLeftPart(UriPartial.Authority)));
}
