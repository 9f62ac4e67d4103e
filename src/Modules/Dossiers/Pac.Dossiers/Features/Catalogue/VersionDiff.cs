using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>How JSON of the catalogue is written and read: as the API does.</summary>
internal static class CatalogueJson
{
    public static readonly JsonSerializerOptions Options = Made();

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions();
        Json.Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Two states of a procedure side by side.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="Before">Number of the version that is compared with; left out when there is none.</param>
/// <param name="After">Number of the version that is compared; left out for a draft.</param>
/// <param name="Changes">What differs, in the order of the members.</param>
internal sealed record VersionComparison(string Code, int? Before, int? After, IReadOnlyList<MemberChange> Changes);

/// <summary>A member that differs. Members of a list with codes are compared by code.</summary>
/// <param name="Pointer">Where, such as <c>/documents/form/required</c>.</param>
/// <param name="Before">What stood there, as JSON; left out when nothing did.</param>
/// <param name="After">What stands there, as JSON; left out when nothing does.</param>
internal sealed record MemberChange(string Pointer, string? Before, string? After);

/// <summary>Compares what two versions say.</summary>
internal static class VersionDiff
{
    public static IReadOnlyList<MemberChange> Between(ProcedureDetails? before, ProcedureDetails after)
    {
        List<MemberChange> changes = [];
        Walk("", before is null ? null : Node(before), Node(after), changes);
        return changes;
    }

    private static JsonNode Node(ProcedureDetails details) => JsonSerializer.SerializeToNode(details, CatalogueJson.Options)!;

    private static void Walk(string pointer, JsonNode? before, JsonNode? after, List<MemberChange> changes)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        if (Members(before) is { } old && Members(after) is { } now)
        {
            foreach (var name in old.Keys.Union(now.Keys))
                Walk($"{pointer}/{name}", old.GetValueOrDefault(name), now.GetValueOrDefault(name), changes);
            // The same members in another order.
            if (before is JsonArray && !old.Keys.SequenceEqual(now.Keys) && old.Keys.ToHashSet().SetEquals(now.Keys))
                changes.Add(new(pointer, string.Join(", ", old.Keys), string.Join(", ", now.Keys)));
            return;
        }
        changes.Add(new(pointer, before?.ToJsonString(CatalogueJson.Options), after?.ToJsonString(CatalogueJson.Options)));
    }

    // The members of an object; of a list, by what names its items.
    private static Dictionary<string, JsonNode?>? Members(JsonNode? node)
    {
        if (node is JsonObject shape)
            return shape.ToDictionary(m => m.Key, m => m.Value);
        if (node is not JsonArray list || !list.All(i => i is JsonObject o && o["code"] is not null))
            return null;
        // Several prices of one line share its code.
        return list.GroupBy(i => i!["code"]!.GetValue<string>())
            .SelectMany(g => g.Select((i, at) => (Key: at == 0 ? g.Key : $"{g.Key}:{at + 1}", Item: i)))
            .ToDictionary(p => p.Key, p => p.Item);
    }
}
