using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>Every operation can be made to succeed by somebody with every right: without that, a refusal would say nothing.</summary>
[Collection(RightsCollection.Name)]
public sealed class ControlGroupTests(RightsHost fixture)
{
    [Fact]
    public async Task Whoever_has_every_right_succeeds_with_every_operation()
    {
        var entitled = await fixture.AllPowerful("province");
        var composer = new Composer(fixture.Document, entitled);
        List<string> failed = [];
        foreach (var operation in fixture.Document.Operations)
        {
            try
            {
                var reply = await (await composer.Compose(operation)).By(entitled);
                if (reply.Status is < 200 or >= 300)
                    failed.Add($"{operation}: {reply}");
            }
            catch (UnexpectedReplyException e)
            {
                failed.Add($"{operation}: {e.Message}");
            }
        }
        Assert.True(failed.Count == 0, "Teach the Composer how these succeed:\n" + string.Join('\n', failed));
        Assert.True(fixture.Document.Operations.Count > 40, "The document names too few operations.");
    }
}
