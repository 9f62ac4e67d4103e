using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pac.BuildingBlocks.Auditing;

/// <summary>What an audit entry says was changed: <c>{"member":[before, after]}</c>.</summary>
public static class Changes
{
    /// <summary>The members that differ between two states of one thing.</summary>
    /// <param name="before">The state before; null for a new thing.</param>
    /// <param name="after">The state after; null for a removed one.</param>
    public static string Between(object? before, object? after)
    {
        var (old, now) = (Node(before), Node(after));
        var changes = new JsonObject();
        foreach (var name in old.Select(m => m.Key).Union(now.Select(m => m.Key)))
        {
            if (!JsonNode.DeepEquals(old[name], now[name]))
                changes[name] = new JsonArray(old[name]?.DeepClone(), now[name]?.DeepClone());
        }
        return changes.ToJsonString();
    }

    private static JsonObject Node(object? state) =>
        state is null ? [] : JsonSerializer.SerializeToNode(state, state.GetType(), JsonSerializerOptions.Web)!.AsObject();
}
