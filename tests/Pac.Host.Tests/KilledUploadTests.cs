using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A host that is killed while a document is uploaded: nothing half is seen, and the upload goes on where it was.</summary>
public sealed class KilledUploadTests
{
    private const int Size = 6_000_000;

    [Fact]
    public async Task An_upload_that_kill_9_cuts_goes_on_and_nothing_half_is_seen()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString);
        var bytes = File();
        var client = await first.Machine();
        var dossier = (await client.Post("/api/v1/dossiers", Reception)).Expect(201).Location;
        var announced = new
        {
            kind = "electronic",
            component = "form",
            fileName = "to-khai.pdf",
            mediaType = "application/pdf",
            size = Size,
            sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
        var upload = (await client.Post(dossier + "/document-uploads", announced)).Expect(201).Location;
        // As much as fills three pieces and begins a fourth, and then an end that does not come.
        using var content = new UnfinishedUpload(bytes, 3_400_000);
        var cut = client.Call(HttpMethod.Patch, upload, content, ("Upload-Offset", "0"));
        await Eventually.True(
            async () => await database.Scalar<long>("SELECT received FROM dossiers.uploads") >= 3 * 1024 * 1024,
            "The host records nothing."
        );

        await first.Kill();
        content.BreakOff();
        await Assert.ThrowsAsync<HttpRequestException>(() => cut);

        await using var second = await first.StartAgain();
        client = await second.Machine();
        Assert.DoesNotContain("sha256", (await client.Get(dossier + "/documents")).Expect(200).Text, StringComparison.Ordinal);
        var seen = (await client.Get(upload)).Expect(200);
        Assert.Equal("open", seen.Json.GetProperty("state").GetString());
        var offset = seen.Json.GetProperty("offset").GetInt32();
        Assert.Equal(3 * 1024 * 1024, offset);
        (await client.Post(upload + "/complete", null)).Expect(409, "dossiers.upload-incomplete");
        var rest = Calls.Body(bytes[offset..], "application/partial-upload");
        (await client.Call(HttpMethod.Patch, upload, rest, ("Upload-Offset", seen.Header("Upload-Offset")!))).Expect(200);
        var document = (await client.Post(upload + "/complete", null)).Expect(201);
        Assert.Equal(bytes, await client.GetByteArrayAsync(document.Location + "/content", TestContext.Current.CancellationToken));
    }

    private static object Reception { get; } = new
    {
        centreCode = Sandbox.ProvincialCentre,
        procedureCode = "1.014196",
        applicant = new
        {
            name = "Nguyễn Thị Ánh",
            kind = "organisation",
            identityNumber = "066190000123",
        },
        documents = new[] { new { code = "form", kind = "original" } },
    };

    private static byte[] File()
    {
        var bytes = new byte[Size];
        new Random(Size).NextBytes(bytes);
        Encoding.ASCII.GetBytes("%PDF-1.7\n").CopyTo(bytes, 0);
        Encoding.ASCII.GetBytes("\n%%EOF\n").CopyTo(bytes, Size - 7);
        return bytes;
    }

    private sealed class UnfinishedUpload : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly int _count;
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public UnfinishedUpload(byte[] bytes, int count)
        {
            (_bytes, _count) = (bytes, count);
            Headers.ContentType = MediaTypeHeaderValue.Parse("application/partial-upload");
        }

        public void BreakOff() => _end.SetException(new IOException("The upload is broken off."));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, _count));
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
