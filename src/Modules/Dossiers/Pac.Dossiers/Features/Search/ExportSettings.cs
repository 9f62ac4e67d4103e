using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Pac.Dossiers.Features.Search;

/// <summary>How much an export may hold and how long its file is kept, as the operator sets it under <c>Exports</c>.</summary>
/// <param name="MostRows">Most dossiers of one export.</param>
/// <param name="Kept">How long a file is kept once it is written.</param>
internal sealed record ExportSettings(long MostRows, TimeSpan Kept)
{
    private const long UsualRows = 2_000_000;
    private const long UsualHours = 72;

    public static ExportSettings Read(IConfiguration configuration)
    {
        var exports = configuration.GetSection("Exports");
        return new(Number(exports, "MostRows", UsualRows), TimeSpan.FromHours(Number(exports, "KeptHours", UsualHours)));
    }

    private static long Number(IConfiguration section, string name, long standard) =>
        long.TryParse(section[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : standard;
}
