using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pac.BuildingBlocks.Web;

/// <summary>Writes a secret into the answer and not into the answer that is kept for repetitions.</summary>
public sealed class ShownOnce : JsonConverter<string?>
{
    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (ReferenceEquals(options, JsonSerializerOptions.Web))
            writer.WriteNullValue();
        else
            writer.WriteStringValue(value);
    }
}
