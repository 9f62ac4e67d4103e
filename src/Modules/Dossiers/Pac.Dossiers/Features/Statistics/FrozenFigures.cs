using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>How published figures are kept. The shape is data: members are added, never renamed.</summary>
internal static class FrozenFigures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(DossierStatistics figures) => JsonSerializer.Serialize(figures, Options);

    public static DossierStatistics Read(string text) => JsonSerializer.Deserialize<DossierStatistics>(text, Options)!;
}
