using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pac.Dossiers.Exchange.NationalPortal;

namespace Pac.Dossiers.Exchange.IGate;

/// <summary>
/// VNPT iGate: a token by client credentials, then one address for each call: <c>NoiHoSo</c> takes a dossier over, <c>CapNhatTienTrinh</c> and
/// <c>CapNhatTrangThai</c> tell an act and the status, <c>TraCuuHoSo</c> looks up. The members are those of the shapes that it shares with the
/// national portal, to be confirmed by the operator.
/// </summary>
internal sealed class IGateAdapter(HttpClient client, HttpClient uploads, PartnerSettings settings, TimeProvider clock)
    : IExchangeAdapter,
        IFileReceiver,
        IDisposable
{
    private const int MostPages = 10_000;
    private const int Unauthorized = (int)HttpStatusCode.Unauthorized;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _renewal = new(1);
    private (string Value, DateTimeOffset Until) _token = ("", DateTimeOffset.MinValue);

    // Its kinds of applicant: 0 citizen, 1 enterprise or organisation, 2 household business.
    public Task<ExchangeAnswer> Push(OutgoingDossier dossier, CancellationToken ct) =>
        Tell("NoiHoSo", PortalShapes.Of(dossier, KindOf(dossier.ApplicantKind), settings), ct);

    public async Task<ExchangeAnswer> Push(OutgoingProgress progress, CancellationToken ct)
    {
        var told = PortalShapes.Of(progress);
        var answer = await Tell("CapNhatTienTrinh", told, ct);
        return answer.Taken ? await Tell("CapNhatTrangThai", new IGateStatus(told.MaHoSo, told.TrangThai, told.ThoiDiemXuLy), ct) : answer;
    }

    public async IAsyncEnumerable<string> LookUp(
        DateTimeOffset from,
        DateTimeOffset to,
        bool changed,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var page = 1; page <= MostPages; page++)
        {
            var by = changed ? "ThoiDiemXuLy" : "NgayTiepNhan";
            var (status, body) = await Ask(
                "TraCuuHoSo",
                new PortalLookUp(PortalShapes.Written(from), PortalShapes.Written(to), by, page),
                ct
            );
            if (status != HttpStatusCode.OK)
                throw new PartnerAwayException("http-" + PortalShapes.Number((int)status));
            if (Parsed<IGateRows>(body).Result is not { Count: > 0 } rows)
                yield break;
            foreach (var row in rows)
                yield return row.GetRawText();
        }
    }

    public (IncomingStatus? Status, string? Wrong) Read(string text) =>
        PortalShapes.Read(
            text,
            kind =>
                kind switch
                {
                    1 => 2,
                    2 => 5,
                    _ => 1,
                },
            settings
        );

    public IncomingFile? ReadFile(string text) => PortalPapers.ReadFile(text);

    // Our token is shown to its own services and to no host beside them.
    public async Task<PartnerFile> Fetch(Uri target, CancellationToken ct) =>
        await PartnerFiles.Fetch(client, target, PartnerFiles.IsOwn(settings, target) ? await Token(null, ct) : null, ct);

    public bool TakesFiles => settings.UploadCall is not null;

    public async Task<(string? TheirId, ExchangeAnswer Answer)> Send(SentFile file, CancellationToken ct)
    {
        try
        {
            var (status, body) = await Ask(uploads, settings.UploadCall!, () => Form(file), ct);
            if (AnswerOf(status) is { Taken: false } no)
                return (null, no);
            var kept = Parsed<IGateFile>(body);
            // What came to harm on the way is sent again.
            return kept.IdTepTin is not { Length: > 0 and <= SentFile.LongestId } id ? (null, ExchangeAnswer.Away("answer-unreadable"))
                : kept.HashTepTin is { Length: 64 } hash && !hash.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase)
                    ? (null, ExchangeAnswer.Away("hash-differs"))
                : (id, ExchangeAnswer.Ok);
        }
        catch (PartnerAwayException e)
        {
            return (null, ExchangeAnswer.Away(e.Message));
        }
    }

    public void Dispose() => _renewal.Dispose();

    private static MultipartFormDataContent Form(SentFile file)
    {
        file.Content.Position = 0;
        var bytes = new StreamContent(file.Content);
        bytes.Headers.ContentType = new MediaTypeHeaderValue(file.MediaType);
        return new() { { new StringContent(file.DossierCode), "MaHoSo" }, { bytes, "file", file.Name } };
    }

    private static ExchangeAnswer AnswerOf(HttpStatusCode status) =>
        (int)status switch
        {
            >= 200 and < 300 => ExchangeAnswer.Ok,
            // What it does not accept now it will not accept later; with all else it is away.
            400 or 403 or 404 or 409 or 413 or 422 => ExchangeAnswer.Refused((int)status),
            var other => ExchangeAnswer.Away("http-" + PortalShapes.Number(other)),
        };

    private static int KindOf(int ours) =>
        ours switch
        {
            1 => 0,
            5 => 2,
            _ => 1,
        };

    private async Task<ExchangeAnswer> Tell<T>(string call, T data, CancellationToken ct)
    {
        try
        {
            var (status, _) = await Ask(call, data, ct);
            return AnswerOf(status);
        }
        catch (PartnerAwayException e)
        {
            return ExchangeAnswer.Away(e.Message);
        }
    }

    private Task<(HttpStatusCode Status, byte[] Body)> Ask<T>(string call, T data, CancellationToken ct) =>
        Ask(client, call, () => Json(data), ct);

    // A token may end before its time; once is asked for a new one.
    private async Task<(HttpStatusCode Status, byte[] Body)> Ask(
        HttpClient way,
        string call,
        Func<HttpContent> content,
        CancellationToken ct
    )
    {
        var token = await Token(null, ct);
        var answer = await Post(token);
        return (int)answer.Status == Unauthorized ? await Post(await Token(token, ct)) : answer;

        Task<(HttpStatusCode Status, byte[] Body)> Post(string shown) =>
            Guarded(
                way,
                () => new(HttpMethod.Post, At(call)) { Content = content(), Headers = { Authorization = new("Bearer", shown) } },
                ct
            );
    }

    private static ByteArrayContent Json<T>(T data)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(data, PortalShapes.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<string> Token(string? worn, CancellationToken ct)
    {
        await _renewal.WaitAsync(ct);
        try
        {
            if (_token.Value != worn && _token.Until > clock.GetUtcNow())
                return _token.Value;
            var (status, body) = await Guarded(
                client,
                () =>
                    new(HttpMethod.Post, At("token"))
                    {
                        Content = new FormUrlEncodedContent(
                            new Dictionary<string, string>
                            {
                                ["grant_type"] = "client_credentials",
                                ["client_id"] = settings.ClientId,
                                ["client_secret"] = settings.Session,
                            }
                        ),
                    },
                ct
            );
            if (status != HttpStatusCode.OK || Parsed<IGateToken>(body) is not { AccessToken: { Length: > 0 } value } token)
                throw new PartnerAwayException("no-token");
            _token = (value, clock.GetUtcNow() + TimeSpan.FromSeconds(token.ExpiresIn) - Margin);
            return value;
        }
        finally
        {
            _renewal.Release();
        }
    }

    private static async Task<(HttpStatusCode Status, byte[] Body)> Guarded(
        HttpClient way,
        Func<HttpRequestMessage> make,
        CancellationToken ct
    )
    {
        try
        {
            using var request = make();
            using var response = await way.SendAsync(request, ct);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PartnerAwayException("timed-out");
        }
        catch (HttpRequestException)
        {
            throw new PartnerAwayException("no-connection");
        }
    }

    private static T Parsed<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, PortalShapes.Options) ?? throw new PartnerAwayException("answer-unreadable");
        }
        catch (JsonException)
        {
            throw new PartnerAwayException("answer-unreadable");
        }
    }

    private Uri At(string call) => new(settings.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + call);

    private sealed record IGateToken(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("expires_in")] [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int ExpiresIn
    );

    private sealed record IGateFile(string? IdTepTin, string? HashTepTin);

    private sealed record IGateRows([property: JsonPropertyName("result")] IReadOnlyList<JsonElement>? Result);

    private sealed record IGateStatus(string MaHoSo, string TrangThaiHoSo, string ThoiDiemXuLy);
}
