namespace Pac.Browser.Tests;

/// <summary>Clients of npm that other people wrote, as judges of the protocol. Their checks are in <c>clients</c>.</summary>
public sealed class ClientTests(Stage stage)
{
    [Fact]
    public Task Machines_take_tokens_with_libraries_of_others() =>
        stage.Npm.Run("clients/machine.mjs", ("PAC_URL", stage.Address.GetLeftPart(UriPartial.Authority)));
}
