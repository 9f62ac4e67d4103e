using System.Net.Http.Headers;
using System.Security.Cryptography;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>Tests of documents, with their acts at hand.</summary>
public abstract class DocumentTests(DossiersHost fixture) : DossierTests(fixture)
{
    protected const string Pdf = "application/pdf";

    protected static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Attaches a file in one request.</summary>
    protected async Task<Reply> Attach(
        Reply dossier,
        byte[] bytes,
        string name = "to-khai.pdf",
        string type = Pdf,
        string facts = "kind=scan&component=form&pages=1",
        HttpClient? by = null,
        params (string Name, string Value)[] headers
    ) =>
        await (by ?? Officer).Call(
            HttpMethod.Post,
            $"{Path(dossier)}/documents?{facts}",
            Calls.Body(bytes, type),
            [("Content-Disposition", $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}"), .. headers]
        );

    /// <summary>What an upload says before its bytes come.</summary>
    protected static Dictionary<string, object?> Announcement(
        long size,
        string name = "to-khai.pdf",
        string type = Pdf,
        string? component = "form",
        string kind = "scan"
    ) =>
        new()
        {
            ["kind"] = kind,
            ["component"] = component,
            ["fileName"] = name,
            ["mediaType"] = type,
            ["size"] = size,
            ["pages"] = 1,
        };

    protected async Task<Reply> Start(Reply dossier, Dictionary<string, object?> announced) =>
        await Officer.Post(Path(dossier) + "/document-uploads", announced);

    /// <summary>Sends bytes of an upload.</summary>
    protected static Task<Reply> Send(HttpClient client, string upload, long offset, byte[] bytes) =>
        client.Call(
            HttpMethod.Patch,
            upload,
            Calls.Body(bytes, "application/partial-upload"),
            ("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );

    protected Task<Reply> Complete(string upload) => Officer.Post(upload + "/complete", null);

    /// <summary>Uploads a file in one piece as far as the last step.</summary>
    protected async Task<string> Uploaded(Reply dossier, byte[] bytes, Dictionary<string, object?>? announced = null)
    {
        var upload = (await Start(dossier, announced ?? Announcement(bytes.Length))).Expect(201).Location;
        (await Send(Officer, upload, 0, bytes)).Expect(200);
        return upload;
    }

    /// <summary>Downloads a file, or a part of it.</summary>
    protected static async Task<(HttpResponseMessage Answer, byte[] Bytes)> Download(
        HttpClient client,
        string document,
        RangeHeaderValue? range = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, document + "/content");
        request.Headers.Range = range;
        var answer = await client.SendAsync(request);
        return (answer, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>How many files a folder of the store holds.</summary>
    protected static int Stored(string folder) =>
        System.IO.Path.Combine(DossiersHost.Folder, folder) is var place && Directory.Exists(place)
            ? Directory.GetFiles(place, "*", SearchOption.AllDirectories).Length
            : 0;

    /// <summary>The files of a component as the list of documents shows them.</summary>
    protected async Task<IReadOnlyList<System.Text.Json.JsonElement>> FilesOf(Reply dossier, string component, HttpClient? by = null) =>
        [
            .. (await (by ?? Officer).Get(Path(dossier) + "/documents"))
                .Expect(200)
                .Json.GetProperty("documents")
                .EnumerateArray()
                .Single(d => d.GetProperty("code").GetString() == component)
                .GetProperty("files")
                .EnumerateArray(),
        ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // The tables are empty again, so what the store holds belongs to nobody.
        foreach (var folder in new[] { "content", "uploads" })
            if (System.IO.Path.Combine(DossiersHost.Folder, folder) is var place && Directory.Exists(place))
                Directory.Delete(place, recursive: true);
    }
}
