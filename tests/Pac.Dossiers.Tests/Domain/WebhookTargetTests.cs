using Pac.Dossiers.Webhooks;
using Pac.SharedKernel;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>Nobody makes the host call what only the host can reach.</summary>
public sealed class WebhookTargetTests
{
    private static readonly WebhookSettings Settings = WebhookSettings.Read(
        new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()
    );

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://2852039166/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[0:0:0:0:0:ffff:a00:1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:7f00:1::]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://app.localhost/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://93.184.215.14:5432/")]
    [InlineData("https://93.184.215.14:22/")]
    [InlineData("https://user:password@93.184.215.14/")]
    [InlineData("http://93.184.215.14/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://93.184.215.14/")]
    [InlineData("ftp://93.184.215.14/")]
    [InlineData("https://")]
    [InlineData("//93.184.215.14/")]
    public async Task Refused_when_it_is_named_and_again_when_something_is_sent(string url)
    {
        var targets = new WebhookTargets(Settings);
        var refusal = await Assert.ThrowsAsync<BusinessRuleException>(() => targets.Check(url, TestContext.Current.CancellationToken));
        Assert.Equal("dossiers.webhook-target-refused", refusal.Error.Code);
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
            return;
        Assert.Equal("refused-address", (await Send(url)).Error);
    }

    [Theory]
    [InlineData("https://93.184.215.14/hook")]
    [InlineData("https://93.184.215.14:8443/hook")]
    [InlineData("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hook")]
    public Task Public_addresses_may_be_named(string url) => new WebhookTargets(Settings).Check(url, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_by_the_address_it_leads_to()
    {
        // Every machine knows itself by its own name.
        var targets = new WebhookTargets(Settings);
        await Assert.ThrowsAsync<RefusedAddressException>(() => targets.Resolve("localhost", TestContext.Current.CancellationToken));
        await using var receiver = await Receiver.Start();
        var allowed = Settings with { AllowedPorts = [receiver.Address.Port] };
        var own = System.Net.Dns.GetHostName();
        var answer = await Send($"https://{own}:{receiver.Address.Port}/", allowed);
        Assert.Contains(answer.Error, new[] { "refused-address", "name-not-found" });
        Assert.Empty(receiver.All);
    }

    private static async Task<WebhookAnswer> Send(string url, WebhookSettings? settings = null)
    {
        using var sender = new WebhookSender(new(settings ?? Settings), settings ?? Settings, new TestClock());
        return await sender.Send(url, "id", TestClock.Start, "v1,x", [1], TestContext.Current.CancellationToken);
    }
}
