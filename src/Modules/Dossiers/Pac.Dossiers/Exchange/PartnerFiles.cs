namespace Pac.Dossiers.Exchange;

/// <summary>A file that comes from a partner, as it comes.</summary>
internal sealed class PartnerFile(HttpResponseMessage response, Stream content) : IDisposable
{
    public Stream Content => content;

    /// <summary>The type that its sender declares.</summary>
    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    public void Dispose()
    {
        content.Dispose();
        response.Dispose();
    }
}

/// <summary>A file that the partner does not give out; another try of the same address is useless.</summary>
internal sealed class FileLostException(string word) : Exception(word);

/// <summary>Where the files of a partner may be fetched, and how.</summary>
internal static class PartnerFiles
{
    /// <summary>
    /// The address behind a link, when it leads to the partner itself or to a host that the operator has named; null otherwise. What another system
    /// writes must not make us call whatever else we can reach.
    /// </summary>
    public static Uri? Allowed(PartnerSettings partner, string link) =>
        Uri.TryCreate(partner.Endpoint, link, out var target)
        && target.Scheme is "https" or "http"
        && target.UserInfo.Length == 0
        && (target.Scheme == "https" || partner.Endpoint.Scheme == "http")
        && (IsOwn(partner, target) || partner.FileHosts.Contains(target.Authority))
            ? target
            : null;

    /// <summary>Whether an address is one of the partner's services, whom alone our token is shown.</summary>
    public static bool IsOwn(PartnerSettings partner, Uri target) =>
        (target.Scheme, target.Authority) == (partner.Endpoint.Scheme, partner.Endpoint.Authority);

    /// <summary>Fetches a file; redirects are not followed.</summary>
    /// <exception cref="PartnerAwayException">It could not be asked.</exception>
    /// <exception cref="FileLostException">It does not give it out.</exception>
    public static async Task<PartnerFile> Fetch(HttpClient client, Uri target, string? token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        HttpResponseMessage? response = null;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)response.StatusCode;
            if (status is >= 200 and < 300)
            {
                var file = new PartnerFile(response, await response.Content.ReadAsStreamAsync(ct));
                response = null;
                return file;
            }
            var word = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http-{status}");
            throw status switch
            {
                404 or 410 => new FileLostException("file-lost"),
                >= 300 and < 400 => new FileLostException("file-elsewhere"),
                401 or 408 or 425 or 429 or >= 500 => new PartnerAwayException(word),
                _ => new FileLostException("file-refused"),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PartnerAwayException("timed-out");
        }
        catch (HttpRequestException)
        {
            throw new PartnerAwayException("no-connection");
        }
        finally
        {
            response?.Dispose();
        }
    }
}
