using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pac.Dossiers.Exchange.NationalPortal;

/// <summary>The National Public Service Portal (Cổng Dịch vụ công quốc gia): POST of JSON with a session and a service name.</summary>
internal sealed class PortalAdapter(HttpClient client, PartnerSettings settings) : IExchangeAdapter
{
    private const int MostBytes = 8 * 1024 * 1024;
    private const int MostPages = 10_000;
    private const int Other = 4;

    public Task<ExchangeAnswer> Push(OutgoingDossier dossier, CancellationToken ct) =>
        // There is no household business among its kinds: citizen, enterprise, state body, organisation or other.
        Tell("DongBoHoSoMC", new[] { PortalShapes.Of(dossier, Math.Min(dossier.ApplicantKind, Other), settings) }, ct);

    public Task<ExchangeAnswer> Push(OutgoingProgress progress, CancellationToken ct) =>
        Tell("CapNhatTienDoHoSoMC", new[] { PortalShapes.Of(progress) }, ct);

    public async IAsyncEnumerable<string> LookUp(
        DateTimeOffset from,
        DateTimeOffset to,
        bool changed,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await Ask(
                "TraCuuHoSo",
                new PortalLookUp(PortalShapes.Written(from), PortalShapes.Written(to), changed ? "ThoiDiemXuLy" : "NgayTiepNhan", page),
                ct
            );
            if (answer.ErrorCode != 0)
                throw new PartnerAwayException("answered-" + PortalShapes.Number(answer.ErrorCode));
            if (answer.Result is not { Count: > 0 } rows)
                yield break;
            foreach (var row in rows)
                yield return row.GetRawText();
        }
    }

    public (IncomingStatus? Status, string? Wrong) Read(string text) =>
        PortalShapes.Read(text, kind => kind is >= 1 and <= Other ? kind : 1, settings);

    public IncomingFile? ReadFile(string text) => PortalPapers.ReadFile(text);

    public Task<PartnerFile> Fetch(Uri target, CancellationToken ct) => PartnerFiles.Fetch(client, target, null, ct);

    private async Task<ExchangeAnswer> Tell<T>(string service, T data, CancellationToken ct)
    {
        try
        {
            var answer = await Ask(service, data, ct);
            return answer.ErrorCode == 0 ? ExchangeAnswer.Ok : ExchangeAnswer.Refused(answer.ErrorCode);
        }
        catch (PartnerAwayException e)
        {
            return ExchangeAnswer.Away(e.Message);
        }
    }

    private async Task<PortalAnswer> Ask<T>(string service, T data, CancellationToken ct)
    {
        using var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(new PortalCall<T>(settings.Session, service, data), PortalShapes.Options)
        );
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await client.PostAsync(settings.Endpoint, content, ct);
            if (!response.IsSuccessStatusCode)
                throw new PartnerAwayException("http-" + PortalShapes.Number((int)response.StatusCode));
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            return JsonSerializer.Deserialize<PortalAnswer>(body, PortalShapes.Options)
                ?? throw new PartnerAwayException("answer-unreadable");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PartnerAwayException("timed-out");
        }
        catch (HttpRequestException)
        {
            throw new PartnerAwayException("no-connection");
        }
        catch (JsonException)
        {
            throw new PartnerAwayException("answer-unreadable");
        }
    }

    /// <summary>A client that takes no longer and no more than it should.</summary>
    public static HttpClient Client(TimeSpan timeout) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = MostBytes,
        };
}
