using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pac.Dossiers.Exchange.NationalPortal;

/// <summary>The National Public Service Portal (Cổng Dịch vụ công quốc gia): POST of JSON with a session and a service name.</summary>
internal sealed class PortalAdapter(HttpClient client, PartnerSettings settings) : IExchangeAdapter
{
    private const string Format = "yyyyMMddHHmmss";
    private const int MostBytes = 8 * 1024 * 1024;
    private const int MostPages = 10_000;
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    // Its members are written as it writes them.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Task<ExchangeAnswer> Push(OutgoingDossier d, CancellationToken ct) =>
        Tell(
            "DongBoHoSoMC",
            new[]
            {
                new PortalDossier
                {
                    MaHoSo = d.Code,
                    MaTTHC = d.ProcedureCode,
                    TenTTHC = d.ProcedureName,
                    MaLinhVuc = d.FieldCode,
                    TenLinhVuc = d.FieldName,
                    KenhThucHien = Number(d.Channel),
                    ChuHoSo = d.ApplicantName,
                    LoaiDoiTuong = Number(d.ApplicantKind),
                    Email = d.Email ?? "",
                    SoDienThoai = d.Phone ?? "",
                    NgayNopHoSo = Written(d.ReceivedAt),
                    NgayTiepNhan = Written(d.ReceivedAt),
                    NgayHenTra = Written(d.DueAt),
                    TrangThaiHoSo = Number(d.Status),
                    NgayTra = Written(d.ReturnedAt),
                    NgayKetThucXuLy = Written(d.SettledAt),
                    DonViXuLy = d.AgencyName,
                    LoaiDinhDanh = d.IdentityNumber is null ? "" : "1",
                    SoDinhDanh = d.IdentityNumber ?? "",
                    TaiLieuNop = [.. d.Documents.Select(f => new PortalFile(f.Code, f.Electronic ? "1" : "0"))],
                },
            },
            ct
        );

    public Task<ExchangeAnswer> Push(OutgoingProgress p, CancellationToken ct) =>
        Tell(
            "CapNhatTienDoHoSoMC",
            new[]
            {
                new PortalProgress(
                    p.Code,
                    "",
                    Written(p.OccurredAt),
                    p.AgencyName,
                    p.Act,
                    Number(p.Status),
                    Written(p.ReceivedAt),
                    Written(p.DueAt)
                ),
            },
            ct
        );

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
                new PortalLookUp(Written(from), Written(to), changed ? "ThoiDiemXuLy" : "NgayTiepNhan", page),
                ct
            );
            if (answer.ErrorCode != 0)
                throw new PartnerAwayException("answered-" + Number(answer.ErrorCode));
            if (answer.Result is not { Count: > 0 } rows)
                yield break;
            foreach (var row in rows)
                yield return row.GetRawText();
        }
    }

    public (IncomingStatus? Status, string? Wrong) Read(string text)
    {
        PortalStatus? said;
        try
        {
            said = JsonSerializer.Deserialize<PortalStatus>(text, Options);
        }
        catch (JsonException)
        {
            return (null, "not-json");
        }
        if (string.IsNullOrWhiteSpace(said?.MaHoSo) || said.MaHoSo.Length > 60)
            return (null, "code-missing");
        if (!int.TryParse(said.TrangThaiHoSo, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return (null, "unknown-status");
        if (
            !DateTimeOffset.TryParseExact(
                said.ThoiDiemXuLy + "+07:00",
                Format + "zzz",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
        )
            return (null, "time-invalid");
        return (new(said.MaHoSo, said.MaTTHC ?? "", status, at), null);
    }

    private async Task<ExchangeAnswer> Tell<T>(string service, T data, CancellationToken ct)
    {
        try
        {
            var answer = await Ask(service, data, ct);
            return answer.ErrorCode == 0 ? ExchangeAnswer.Ok : new(false, true, "refused-" + Number(answer.ErrorCode));
        }
        catch (PartnerAwayException e)
        {
            return new(false, false, e.Message);
        }
    }

    private async Task<PortalAnswer> Ask<T>(string service, T data, CancellationToken ct)
    {
        using var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(new PortalCall<T>(settings.Session, service, data), Options)
        );
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await client.PostAsync(settings.Endpoint, content, ct);
            if (!response.IsSuccessStatusCode)
                throw new PartnerAwayException("http-" + Number((int)response.StatusCode));
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            return JsonSerializer.Deserialize<PortalAnswer>(body, Options) ?? throw new PartnerAwayException("answer-unreadable");
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

    private static string Written(DateTimeOffset? at) => at?.ToOffset(Vietnam).ToString(Format, CultureInfo.InvariantCulture) ?? "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
