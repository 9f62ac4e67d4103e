using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pac.CentreYear.Tests;

/// <summary>Answers as a host would, with figures counted from what it was sent; a test may spoil one of them.</summary>
internal sealed class FakeHost : HttpMessageHandler
{
    private readonly IReadOnlyList<DossierRow> _rows = Generated.Rows;

    /// <summary>Changes the answer to a path and query that contains the text.</summary>
    public (string Path, Action<JsonNode> Change)? Spoiled { get; init; }

    public List<string> Asked { get; } = [];

    /// <summary>Whether the rows are read; most tests are about what comes after.</summary>
    public bool Reads { get; init; }

    public long LinesSent { get; private set; }

    public long Rejected { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        Asked.Add($"{request.Method} {path}");
        if (path != "/connect/token" && request.Headers.Authorization?.Parameter != "a-token")
            return new(HttpStatusCode.Unauthorized) { Content = new StringContent("") };
        if (Reads && path.StartsWith("/api/v1/dossier-imports?", StringComparison.Ordinal))
        {
            await using var counter = new LineCounter();
            await request.Content!.CopyToAsync(counter, cancellationToken);
            LinesSent = counter.Lines;
        }
        var answer = JsonSerializer.SerializeToNode(Answer(path), JsonSerializerOptions.Web)!;
        if (Spoiled is { } spoiled && path.Contains(spoiled.Path, StringComparison.Ordinal))
            spoiled.Change(answer);
        return new(HttpStatusCode.OK) { Content = JsonContent.Create(answer) };
    }

    private object Answer(string path) =>
        path switch
        {
            "/connect/token" => new { access_token = "a-token", expires_in = 600 },
            "/api/v1/dossier-imports?source=centre-year" => Job("import", "queued", null),
            "/api/v1/jobs/import" => Job(
                "import",
                "succeeded",
                new
                {
                    imported = 0,
                    alreadyThere = _rows.Count - Rejected,
                    rejected = Rejected,
                }
            ),
            "/api/v1/dossier-statistics/recount" => Job("recount", "running", null),
            "/api/v1/jobs/recount" => Job(
                "recount",
                "succeeded",
                new
                {
                    compared = 7,
                    differences = Array.Empty<object>(),
                    repaired = false,
                }
            ),
            "/api/v1/dossier-imports/import/errors?limit=20" => Page([
                new
                {
                    line = 2,
                    member = "code",
                    code = "code-taken",
                    detail = "The dossier code belongs to another dossier.",
                },
            ]),
            "/api/v1/dossier-statistics/year-on-year?year=2024" => new
            {
                year = 2024,
                figures = Figures(Of(2024)),
                previous = Figures(Of(2023)),
                difference = 4630,
                growth = Rate(4630, Of(2023).Count),
            },
            _ when path.StartsWith("/api/v1/dossier-statistics/late-dossiers?", StringComparison.Ordinal) => Page([
                .. _rows.Where(r => r.SettledAt > r.DueAt).Select(LateDossier),
            ]),
            _ when path.EndsWith("groupBy=month", StringComparison.Ordinal) => Statistics(
                _rows,
                "month",
                r => r.ReceivedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture)
            ),
            _ when path.EndsWith("groupBy=field", StringComparison.Ordinal) => Statistics(Of(2024), "field", r => r.Code[7..9]),
            _ when path.EndsWith("groupBy=channel", StringComparison.Ordinal) => Statistics(
                Of(2024),
                "channel",
                r => RowWriter.Word(r.Channel)
            ),
            _ => throw new ArgumentException(path),
        };

    private List<DossierRow> Of(int year) => [.. _rows.Where(r => r.ReceivedAt.Year == year)];

    private static object Job(string id, string state, object? result) =>
        new
        {
            id,
            state,
            done = 0,
            startedAt = "2026-11-23T08:00:00+07:00",
            finishedAt = "2026-11-23T08:00:10+07:00",
            result,
        };

    private static object Page(object[] items) => new { items };

    private static object LateDossier(DossierRow r) =>
        new
        {
            code = r.Code,
            fieldCode = "land",
            dueAt = r.DueAt,
            settledAt = r.SettledAt,
            lateCause = r.LateCause,
        };

    private static object Statistics(IReadOnlyList<DossierRow> rows, string dimension, Func<DossierRow, string> key) =>
        new { totals = Figures(rows), groups = rows.GroupBy(key).Select(g => Group(dimension, g.Key, [.. g])) };

    private static JsonObject Group(string dimension, string key, List<DossierRow> rows)
    {
        var group = JsonSerializer.SerializeToNode(Figures(rows), JsonSerializerOptions.Web)!.AsObject();
        group["key"] = new JsonObject { [dimension] = key };
        return group;
    }

    private static object Figures(IReadOnlyList<DossierRow> rows)
    {
        var settled = rows.Count(r => r.SettledAt is not null);
        var late = rows.Count(r => r.SettledAt > r.DueAt);
        var early = rows.Count(r => r.SettledAt is { } at && at.Date < r.DueAt.Date);
        return new
        {
            carriedOver = 0,
            received = rows.Count,
            settled,
            early,
            onTime = settled - early - late,
            late,
            returned = rows.Count(r => r.ReturnedAt is not null),
            open = rows.Count - settled,
            onTimeRate = Rate(settled - late, settled),
        };
    }

    private static object Rate(int numerator, int denominator) =>
        new
        {
            numerator,
            denominator,
            percent = decimal.Round(numerator * 100m / denominator, 2, MidpointRounding.AwayFromZero)
                .ToString("0.00", CultureInfo.InvariantCulture),
        };

    private sealed class LineCounter : Stream
    {
        public long Lines { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Lines += buffer.AsSpan(offset, count).Count((byte)'\n');

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
