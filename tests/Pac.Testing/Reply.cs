using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pac.Testing;

/// <summary>An answer of the API, read to its end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">All headers.</param>
/// <param name="Text">The body.</param>
public sealed record Reply(int Status, ILookup<string, string> Headers, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The machine word of a problem document.</summary>
    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The entity tag.</summary>
    public string ETag => Header("ETag") ?? throw new UnexpectedReplyException("There is no ETag: " + this);

    /// <summary>The address of what was created.</summary>
    public string Location => Header("Location") ?? throw new UnexpectedReplyException("There is no Location: " + this);

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers[name].FirstOrDefault();

    /// <summary>The same answer, if its status is the one expected.</summary>
    public Reply Expect(int status) =>
        Status == status ? this : throw new UnexpectedReplyException($"Expected {status}, but there came {this}");

    /// <summary>The same answer, if it is a problem document of that status and code.</summary>
    public Reply Expect(int status, string code) =>
        Expect(status).Code == code && Header("Content-Type") == "application/problem+json"
            ? this
            : throw new UnexpectedReplyException($"Expected the problem {code}, but there came {this}");

    /// <inheritdoc />
    public override string ToString() => $"{Status} {Text}";
}

/// <summary>The API answered otherwise than the test expects.</summary>
/// <param name="message">What came.</param>
public sealed class UnexpectedReplyException(string message) : Exception(message);

/// <summary>Short calls for tests.</summary>
public static class Calls
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>GET.</summary>
    public static Task<Reply> Get(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Get, path, null, headers);

    /// <summary>POST of an object as JSON, or of JSON text.</summary>
    public static Task<Reply> Post(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Post, path, Body(body, "application/json"), headers);

    /// <summary>PUT of an object as JSON, or of JSON text.</summary>
    public static Task<Reply> Put(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Put, path, Body(body, "application/json"), headers);

    /// <summary>PATCH of an object as JSON Merge Patch, or of JSON text.</summary>
    public static Task<Reply> Patch(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Patch, path, Body(body, "application/merge-patch+json"), headers);

    /// <summary>DELETE.</summary>
    public static Task<Reply> Delete(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Delete, path, null, headers);

    /// <summary>Any call.</summary>
    public static async Task<Reply> Call(
        this HttpClient client,
        HttpMethod method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            // Headers that describe the body belong to it.
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content?.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).SelectMany(h => h.Value.Select(v => (h.Key, Value: v)));
        var text = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, all.ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase), text);
    }

    /// <summary>The body of a request: text and bytes as they are, any other object as JSON, null as no body at all.</summary>
    public static HttpContent? Body(object? body, string mediaType)
    {
        if (body is null)
            return null;
        var content = new ByteArrayContent(
            body switch
            {
                byte[] bytes => bytes,
                string text => Encoding.UTF8.GetBytes(text),
                _ => JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Options),
            }
        );
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
