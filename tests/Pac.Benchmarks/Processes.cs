using System.Globalization;

namespace Pac.Benchmarks;

/// <summary>What processes have used, as the kernel counts it.</summary>
internal static class Processes
{
    // The kernel counts in hundredths of a second on every system that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor that a process has used.</summary>
    public static double Cpu(int id)
    {
        var fields = Fields(id);
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>Seconds of processor that a server with one process per connection has used, those that have ended included.</summary>
    public static double CpuWithChildren(int id)
    {
        var own = Fields(id);
        var sum = Enumerable.Range(11, 4).Sum(i => Number(own[i]));
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var other))
                continue;
            try
            {
                var fields = Fields(other);
                if (Number(fields[1]) == id)
                    sum += Number(fields[11]) + Number(fields[12]);
            }
            catch (IOException)
            {
                // Ended meanwhile.
            }
        }
        return sum / TicksPerSecond;
    }

    public static int Parent(int id) => (int)Number(Fields(id)[1]);

    /// <summary>Resident memory in MB, now and at most so far.</summary>
    public static (double Now, double Peak) Memory(int id)
    {
        double now = 0,
            peak = 0;
        foreach (var line in File.ReadLines($"/proc/{id}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                now = Kilobytes(line);
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                peak = Kilobytes(line);
        }
        return (now, peak);
    }

    private static double Kilobytes(string line) => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;

    // The name of the program may hold spaces; the fields begin after its closing bracket.
    private static string[] Fields(int id)
    {
        var text = File.ReadAllText($"/proc/{id}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
