using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>VNPT iGate as far as we speak with it: a server of its own, with its faults.</summary>
public sealed class IGateSimulator : IAsyncDisposable
{
    public const string ClientId = "pac";
    public const string Secret = "secret-of-the-tests";
    private readonly WebApplication _app;
    private int _calls;
    private int _tokens;
    private string _token = "";

    private IGateSimulator(WebApplication app) => _app = app;

    /// <summary>Where it is once it was started.</summary>
    public static Uri Address { get; } = PortalSimulator.FreeAddress();

    /// <summary>Dossiers by code, as they were last told.</summary>
    public ConcurrentDictionary<string, JsonObject> Dossiers { get; } = new();

    /// <summary>Every act it was told of, in the order it came; repetitions too.</summary>
    public ConcurrentQueue<JsonObject> Acts { get; } = new();

    /// <summary>The files that were sent to it, by the id it gave them.</summary>
    public ConcurrentDictionary<string, (string Code, string Name, byte[] Bytes)> Files { get; } = new();

    /// <summary>Tokens it gave out.</summary>
    public int Tokens => _tokens;

    /// <summary>The fault of the n-th call, from 1; asking for a token is none.</summary>
    public Func<int, Fault> Faults { get; set; } = _ => Fault.None;

    /// <summary>What it answers to every call; 200 as long as all is well.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Whether look-ups repeat rows and give them in any order.</summary>
    public bool Shuffles { get; set; }

    public static async Task<IGateSimulator> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(Address.ToString());
        var simulator = new IGateSimulator(builder.Build());
        simulator._app.Run(simulator.Serve);
        await simulator._app.StartAsync();
        return simulator;
    }

    /// <summary>Lets the token it gave out end before its time.</summary>
    public void ForgetToken() => _token = "";

    /// <summary>A dossier that it states itself.</summary>
    public void Has(string code, int status, string at) =>
        Dossiers[code] = new()
        {
            ["MaHoSo"] = code,
            ["MaTTHC"] = "1.002809",
            ["TrangThaiHoSo"] = status,
            ["ThoiDiemXuLy"] = at,
            ["NgayTiepNhan"] = at,
        };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Serve(HttpContext http)
    {
        var call = http.Request.Path.Value!.Trim('/');
        if (call == "token")
        {
            var form = await http.Request.ReadFormAsync();
            if (form["client_id"] != ClientId || form["client_secret"] != Secret || form["grant_type"] != "client_credentials")
            {
                http.Response.StatusCode = 401;
                return;
            }
            _token = $"token-{Interlocked.Increment(ref _tokens)}";
            await http.Response.WriteAsJsonAsync(new { access_token = _token, expires_in = 300 });
            return;
        }
        var file = call == "TaiTepTin" ? (await http.Request.ReadFormAsync()).Files.Single() : null;
        var data = file is null ? (await JsonNode.ParseAsync(http.Request.Body))!.AsObject() : [];
        if (_token.Length == 0 || http.Request.Headers.Authorization != "Bearer " + _token)
        {
            http.Response.StatusCode = 401;
            return;
        }
        var fault = Faults(Interlocked.Increment(ref _calls));
        if (fault == Fault.DropsBefore)
        {
            http.Abort();
            return;
        }
        if (fault is Fault.Away or Fault.Garbage || Status != 200)
        {
            http.Response.StatusCode = Status != 200 ? Status : 502;
            return;
        }
        var kept = file is null ? null : await Keep(file, http.Request.Form["MaHoSo"].ToString());
        var result = file is null ? Do(call, data) : [];
        if (fault == Fault.DropsAfter)
        {
            http.Abort();
            return;
        }
        if (fault == Fault.Slow)
            await Task.Delay(TimeSpan.FromSeconds(3), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await http.Response.WriteAsync(
            (kept ?? new JsonObject { ["result"] = new JsonArray([.. result.Select(r => r.DeepClone())]) }).ToJsonString(),
            http.RequestAborted
        );
    }

    private async Task<JsonObject> Keep(IFormFile file, string code)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var id = $"tep-{Files.Count + 1}";
        Files[id] = (code, file.FileName, bytes.ToArray());
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()));
        return new() { ["IdTepTin"] = id, ["HashTepTin"] = hash };
    }

    private List<JsonObject> Do(string call, JsonObject data)
    {
        var code = (string?)data["MaHoSo"] ?? "";
        switch (call)
        {
            case "NoiHoSo":
                Dossiers[code] = data.DeepClone().AsObject();
                return [];
            case "CapNhatTienTrinh":
                Acts.Enqueue(data.DeepClone().AsObject());
                return [];
            case "CapNhatTrangThai":
                if (Dossiers.TryGetValue(code, out var known))
                    (known["TrangThaiHoSo"], known["ThoiDiemXuLy"]) = ((string)data["TrangThaiHoSo"]!, (string)data["ThoiDiemXuLy"]!);
                return [];
            case "TraCuuHoSo":
                if ((int)data["Trang"]! > 1)
                    return [];
                var (from, to, by) = ((string)data["TuNgay"]!, (string)data["DenNgay"]!, (string)data["Theo"]!);
                var found = Dossiers
                    .Values.Where(d =>
                        string.CompareOrdinal((string?)d[by] ?? "", from) >= 0 && string.CompareOrdinal((string?)d[by] ?? "", to) < 0
                    )
                    .ToList();
                return Shuffles ? [.. found.Concat(found).OrderBy(_ => Random.Shared.Next())] : found;
            default:
                throw new InvalidOperationException("There is no call " + call);
        }
    }
}
