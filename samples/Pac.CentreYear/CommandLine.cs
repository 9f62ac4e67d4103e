using System.Diagnostics;
using System.Globalization;
using Pac.CentreYear.Running;

namespace Pac.CentreYear;

/// <summary>The two commands and their options.</summary>
internal static class CommandLine
{
    private const string Usage = """
        The years 2023 and 2024 of the provincial centre, from their published totals.

          generate --out FILE [--format csv|ndjson]     writes the rows to a file
          run [--url http://localhost:5080] [--start]   imports the rows into a host and prints its statistics;
                                                        --start starts the host and stops it at the end

        run ends with 1 when anything differs from what was published.
        """;

    public static async Task<int> Run(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await (
                args switch
                {
                    ["generate", .. var options] => Generate(Options(options, "--out", "--format"), stop.Token),
                    ["run", .. var options] => Import(Options(options, "--url", "--start"), stop.Token),
                    _ => Task.FromResult(Refuse(Usage)),
                }
            );
        }
        catch (Exception e) when (e is ArgumentException or IOException or HttpRequestException or UnexpectedAnswerException)
        {
            return Refuse(e.Message);
        }
        catch (OperationCanceledException)
        {
            return Refuse("Stopped.");
        }
    }

    private static async Task<int> Generate(Dictionary<string, string> options, CancellationToken ct)
    {
        if (!options.TryGetValue("--out", out var path))
            throw new ArgumentException("generate needs --out FILE.");
        var watch = Stopwatch.StartNew();
        await using var file = File.Create(path);
        var rows = options.GetValueOrDefault("--format", "csv") switch
        {
            "csv" => await RowWriter.WriteCsv(CentreYears.Rows(), file, _ => { }, ct),
            "ndjson" => await RowWriter.WriteNdJson(CentreYears.Rows(), file, _ => { }, ct),
            var other => throw new ArgumentException($"The format {other} is neither csv nor ndjson."),
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows in {watch.Elapsed.TotalSeconds:0.0} s: {path}"));
        return 0;
    }

    private static async Task<int> Import(Dictionary<string, string> options, CancellationToken ct)
    {
        var url = new Uri(options.GetValueOrDefault("--url", "http://localhost:5080"));
        await using var host = options.ContainsKey("--start") ? await HostProcess.Start(url, ct) : null;
        using var client = new PacClient(url);
        return await CentreYearRun.Run(client, Console.Out, ct) ? 0 : 1;
    }

    private static Dictionary<string, string> Options(string[] args, params string[] known)
    {
        Dictionary<string, string> options = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (!known.Contains(args[i]))
                throw new ArgumentException($"{args[i]} is not known here.\n\n{Usage}");
            options[args[i]] =
                args[i] == "--start" ? ""
                : i + 1 < args.Length ? args[++i]
                : throw new ArgumentException($"{args[i]} needs a value.");
        }
        return options;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
