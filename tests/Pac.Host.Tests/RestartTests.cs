using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A restart is no event for those who work.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Keys_tokens_sessions_and_refresh_tokens_outlive_a_restart()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString);
        var keys = await first.KeyIds();
        var machine = await first.MachineToken();
        using var browser = new Browser(first.Address);
        var officer = await first.SignsIn(browser, "officer");
        var page = (await browser.Open("/sign-in")).Expect(200);

        await first.Stop();
        await using var second = await first.StartAgain();

        Assert.Equal(keys, await second.KeyIds());
        Assert.NotEmpty(keys);
        (await second.With(machine).Get("/api/v1/me")).Expect(200);
        (await second.With(officer.Access).Get("/api/v1/me")).Expect(200);
        var refreshed = await second.Refreshes(officer.Refresh);
        (await second.With(refreshed.Access).Get("/api/v1/dossiers")).Expect(200);
        var again = await second.SignsIn(browser, "officer", prompt: "none");
        (await second.With(again.Access).Get("/api/v1/me")).Expect(200);
        // A form that was opened before may be sent afterwards.
        (await browser.Submit(page, ("username", "officer"), ("password", Browser.DemoPassword))).Expect(303);
    }
}
