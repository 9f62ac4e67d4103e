namespace Pac.CentreYear;

/// <summary>The product's own reference data, linked into the sample.</summary>
internal static class Resources
{
    /// <summary>The rows of a file by the names in its header; lines that begin with # are remarks.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string name, char separator)
    {
        using var reader = new StreamReader(typeof(Resources).Assembly.GetManifestResourceStream(name)!);
        string[]? header = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var cells = line.Split(separator);
            if (header is null)
                header = cells;
            else
                yield return header.Zip(cells).ToDictionary(c => c.First, c => c.Second);
        }
    }
}
