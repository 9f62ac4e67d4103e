using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pac.CentreYear.Running;

/// <summary>The host answered otherwise than documented.</summary>
/// <param name="message">What was asked and what came back.</param>
internal sealed class UnexpectedAnswerException(string message) : Exception(message);

/// <summary>The part of the API that the sample uses, as the machine client of the development sandbox.</summary>
internal sealed class PacClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private string _token = "";
    private DateTimeOffset _renewAt;

    public PacClient(Uri host, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        _http = new(handler ?? new SocketsHttpHandler()) { BaseAddress = host, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.AcceptLanguage.Add(new("en"));
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Between two looks at a job.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    public async Task<JsonElement> Get(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, ct);
    }

    public async Task<JsonElement> Post(string path, HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await Send(request, ct);
    }

    /// <summary>Follows long work to its end.</summary>
    public async Task<JsonElement> Follow(JsonElement job, Action<JsonElement> changed, CancellationToken ct)
    {
        var path = $"/api/v1/jobs/{job.GetProperty("id").GetString()}";
        while (job.GetProperty("state").GetString() is "queued" or "running")
        {
            await Task.Delay(Pause, ct);
            job = await Get(path, ct);
            changed(job);
        }
        return job.GetProperty("state").GetString() == "succeeded"
            ? job
            : throw new UnexpectedAnswerException($"The job {path} failed: {job.GetProperty("error").GetString()}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> Send(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Authorization = new("Bearer", await Token(ct));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (answer.IsSuccessStatusCode)
            return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        throw new UnexpectedAnswerException($"{request.Method} {request.RequestUri} gave {(int)answer.StatusCode}: {text}");
    }

    // A token lives shorter than a long import.
    private async Task<string> Token(CancellationToken ct)
    {
        if (_clock.GetUtcNow() < _renewAt)
            return _token;
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "demo-machine",
                ["client_secret"] = "demo-machine-secret",
                ["scope"] = "dossiers",
            }
        );
        using var answer = await _http.PostAsync("/connect/token", form, ct);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new UnexpectedAnswerException($"No token: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        _token = json.GetProperty("access_token").GetString()!;
        _renewAt = _clock.GetUtcNow().AddSeconds(json.GetProperty("expires_in").GetInt32() / 2.0);
        return _token;
    }
}

/// <summary>The rows as they are generated, on their way into a request: never all of them in memory.</summary>
internal sealed class RowsContent : HttpContent
{
    private readonly IEnumerable<DossierRow> _rows;
    private readonly Action<int> _written;

    public RowsContent(IEnumerable<DossierRow> rows, Action<int> written)
    {
        (_rows, _written) = (rows, written);
        Headers.ContentType = new MediaTypeHeaderValue("text/csv");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        RowWriter.WriteCsv(_rows, stream, _written, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        RowWriter.WriteCsv(_rows, stream, _written, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
