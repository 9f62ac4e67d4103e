using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>How the other side misbehaves.</summary>
public enum Fault
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It answers 502.</summary>
    Away,

    /// <summary>The connection breaks before anything is taken.</summary>
    DropsBefore,

    /// <summary>It takes the message, and the connection breaks before the answer.</summary>
    DropsAfter,

    /// <summary>It takes the message and answers too late.</summary>
    Slow,

    /// <summary>It answers with something that is no JSON.</summary>
    Garbage,
}

/// <summary>The National Public Service Portal as far as we speak with it: a server of its own, with its faults.</summary>
public sealed class PortalSimulator : IAsyncDisposable
{
    public const string Session = "session-of-the-tests";
    private readonly WebApplication _app;
    private int _calls;

    private PortalSimulator(WebApplication app) => _app = app;

    /// <summary>Where it is once it was started.</summary>
    public static Uri Address { get; } = FreeAddress();

    /// <summary>Dossiers by code, as they were last told.</summary>
    public ConcurrentDictionary<string, JsonObject> Dossiers { get; } = new();

    /// <summary>Every progress message, in the order it came; repetitions too.</summary>
    public ConcurrentQueue<JsonObject> Progress { get; } = new();

    /// <summary>The files that people handed in there, by the end of their address.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>What it was asked for at addresses of files, in order.</summary>
    public ConcurrentQueue<string> FilesAsked { get; } = new();

    /// <summary>The fault of the n-th call, from 1.</summary>
    public Func<int, Fault> Faults { get; set; } = _ => Fault.None;

    /// <summary>The <c>error_code</c> of its answers.</summary>
    public int ErrorCode { get; set; }

    /// <summary>How many rows a page of a look-up has.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>The calls it has answered, or not.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Whether look-ups repeat rows and give them in any order.</summary>
    public bool Shuffles { get; set; }

    public static async Task<PortalSimulator> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(Address.ToString());
        var simulator = new PortalSimulator(builder.Build());
        simulator._app.Run(simulator.Serve);
        await simulator._app.StartAsync();
        return simulator;
    }

    /// <summary>A dossier that it states itself.</summary>
    public void Has(string code, int status, string at, string procedure = "1.002809") =>
        Dossiers[code] = new()
        {
            ["MaHoSo"] = code,
            ["MaTTHC"] = procedure,
            ["TrangThaiHoSo"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["ThoiDiemXuLy"] = at,
            ["NgayTiepNhan"] = at,
        };

    /// <summary>What a person submitted there, with whatever else the message says.</summary>
    public JsonObject Submits(string code, string at, string procedure = "1.002809", string? submittedAt = null)
    {
        Has(code, 1, at, procedure);
        var told = Dossiers[code];
        told["NgayNopHoSo"] = submittedAt ?? at;
        told["KenhThucHien"] = "2";
        told["ChuHoSo"] = Person.Name;
        told["LoaiDoiTuong"] = 1;
        told["SoDinhDanh"] = Person.Identity;
        told["SoDienThoai"] = Person.Phone;
        told["Email"] = "";
        told["TaiLieuNop"] = new JsonArray(
            new JsonObject { ["MaThanhPhanHoSo"] = "form" },
            new JsonObject { ["MaThanhPhanHoSo"] = "licence" }
        );
        return told;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>A paper of a submission with the address of its file.</summary>
    public static JsonObject Paper(string component, string link, string name = "to-khai.pdf", string id = "") =>
        new()
        {
            ["TepDinhKemId"] = id,
            ["TenTepDinhKem"] = name,
            ["MaThanhPhanHoSo"] = component,
            ["DuongDanTaiTepTin"] = link,
            ["IsDeleted"] = "False",
            ["DuocSoHoa"] = "1",
            ["DuocTaiSuDung"] = "0",
            ["DuocLayTuKhoDMQG"] = "0",
            ["MaKetQuaThayThe"] = "",
        };

    // A file comes as it is; a fault may break it off in its middle.
    private async Task ServeFile(HttpContext http)
    {
        var name = http.Request.Path.Value!.Split('/')[^1];
        FilesAsked.Enqueue(name);
        var fault = Faults(Interlocked.Increment(ref _calls));
        if (name == "moved")
            http.Response.Redirect("http://127.0.0.1:1/elsewhere");
        else if (fault == Fault.Away)
            http.Response.StatusCode = 502;
        else if (!Files.TryGetValue(name, out var bytes))
            http.Response.StatusCode = 404;
        else
        {
            http.Response.ContentType = "application/octet-stream";
            http.Response.ContentLength = bytes.Length;
            if (fault == Fault.Slow)
                await Task.Delay(TimeSpan.FromSeconds(3), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            var half = fault is Fault.DropsBefore or Fault.DropsAfter ? bytes.Length / 2 : bytes.Length;
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, half), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            if (half < bytes.Length)
                http.Abort();
        }
    }

    private async Task Serve(HttpContext http)
    {
        if (http.Request.Method == "GET")
        {
            await ServeFile(http);
            return;
        }
        var call = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var fault = Faults(Interlocked.Increment(ref _calls));
        if ((string?)call["session"] != Session)
        {
            await http.Response.WriteAsJsonAsync(new { error_code = 401 });
            return;
        }
        switch (fault)
        {
            case Fault.Away:
                http.Response.StatusCode = 502;
                return;
            case Fault.DropsBefore:
                http.Abort();
                return;
            case Fault.Garbage:
                await http.Response.WriteAsync("<html>busy</html>");
                return;
        }
        var result = ErrorCode == 0 ? Do((string)call["service"]!, call["data"]!) : [];
        if (fault == Fault.DropsAfter)
        {
            http.Abort();
            return;
        }
        if (fault == Fault.Slow)
            await Task.Delay(TimeSpan.FromSeconds(3), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await http.Response.WriteAsync(
            new JsonObject { ["error_code"] = ErrorCode, ["result"] = new JsonArray([.. result.Select(r => r.DeepClone())]) }.ToJsonString()
        );
    }

    private List<JsonObject> Do(string service, JsonNode data)
    {
        switch (service)
        {
            case "DongBoHoSoMC":
                foreach (var d in data.AsArray())
                {
                    var told = d!.DeepClone().AsObject();
                    // It notes a status with the time of the last act it was told of, never with the time of the call.
                    told["ThoiDiemXuLy"] = Last((string)told["MaHoSo"]!) ?? (string?)told["NgayTiepNhan"];
                    Dossiers[(string)told["MaHoSo"]!] = told;
                }
                return [];
            case "CapNhatTienDoHoSoMC":
                foreach (var p in data.AsArray())
                {
                    Progress.Enqueue(p!.DeepClone().AsObject());
                    if (Dossiers.TryGetValue((string)p["MaHoSo"]!, out var known))
                        (known["TrangThaiHoSo"], known["ThoiDiemXuLy"]) = ((string)p["TrangThai"]!, (string)p["ThoiDiemXuLy"]!);
                }
                return [];
            case "TraCuuHoSo":
                var (from, to, by) = ((string)data["TuNgay"]!, (string)data["DenNgay"]!, (string)data["Theo"]!);
                var found = Dossiers
                    .Values.Where(d => string.CompareOrdinal((string?)d[by], from) >= 0 && string.CompareOrdinal((string?)d[by], to) < 0)
                    .ToList();
                if (Shuffles)
                    found = [.. found.Concat(found).OrderBy(_ => Random.Shared.Next())];
                return [.. found.Skip(((int)data["Trang"]! - 1) * PageSize).Take(PageSize)];
            default:
                throw new InvalidOperationException("There is no service " + service);
        }
    }

    private string? Last(string code) => Progress.LastOrDefault(p => (string?)p["MaHoSo"] == code)?["ThoiDiemXuLy"]?.GetValue<string>();

    internal static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
