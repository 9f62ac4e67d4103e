using System.Text;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>The table of rights for people to read is the one the code keeps; a change of it is looked at like any other.</summary>
[Collection(RightsCollection.Name)]
public sealed class RightsTableTests(RightsHost fixture)
{
    [Fact]
    public async Task The_committed_table_is_up_to_date()
    {
        var table = await Table();
        var renewed = Path.Combine(AppContext.BaseDirectory, "rights.md");
        await File.WriteAllTextAsync(renewed, table, TestContext.Current.CancellationToken);
        var committed = Path.Combine(TestDatabase.RepositoryRoot(), "docs", "rights.md");
        var text = File.Exists(committed) ? await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken) : "";
        Assert.True(
            text == table,
            "Who may do what has changed. If that is meant, look at what changes and renew the table: "
                + $"cp {Path.GetRelativePath(TestDatabase.RepositoryRoot(), renewed)} docs/rights.md"
        );
    }

    private async Task<string> Table()
    {
        Dictionary<string, List<string>> holders = [];
        foreach (var role in fixture.SeededRoles)
        foreach (var permission in await fixture.PermissionsOf(role))
            (holders.TryGetValue(permission, out var roles) ? roles : holders[permission] = []).Add(role);
        var text = new StringBuilder(
            """
            # Who may do what

            Every operation of the API with the permission it asks for, and the seeded roles that hold the permission. A role is held over the
            province, a centre, an agency or the own data alone; what lies outside answers as if it did not exist. Made by a test from the endpoints
            and the seeds; another test asks every operation as every role.

            | permission | operations | roles |
            | --- | --- | --- |

            """
        );
        foreach (var group in fixture.Document.Operations.GroupBy(Needs).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var roles = holders.GetValueOrDefault(group.Key, []);
            text.Append("| ").Append(group.Key).Append(" | ").AppendJoin(", ", group.Select(o => o.Id).Order(StringComparer.Ordinal));
            text.Append(" | ").AppendJoin(", ", roles.Order(StringComparer.Ordinal)).Append(" |\n");
        }
        return text.Replace("\r\n", "\n").ToString();
    }

    private string Needs(ApiOperation operation) =>
        fixture.Permissions[operation.Id] ?? (operation.IsOpen ? "(nothing, not even a token)" : "(a token)");
}
