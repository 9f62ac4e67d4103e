using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

public sealed class UploadTests(DossiersHost fixture) : DocumentTests(fixture)
{
    [Fact]
    public async Task A_file_comes_in_pieces_through_two_hosts_and_is_seen_when_it_is_complete()
    {
        await using var sibling = await Host.Sibling();
        var other = sibling.Client(Everything);
        var (dossier, bytes) = (await Receive(), TestFiles.LargePdf(5_000_000));
        var announced = Announcement(bytes.Length);
        announced["sha256"] = Sha256(bytes);
        var upload = (await Start(dossier, announced)).Expect(201).Location;
        (await Complete(upload)).Expect(409, "dossiers.upload-incomplete");
        foreach (
            var (client, from, to) in new[]
            {
                (Officer, 0, 1_500_000),
                (other, 1_500_000, 1_500_001),
                (Officer, 1_500_001, 4_000_000),
                (other, 4_000_000, bytes.Length),
            }
        )
        {
            var sent = (await Send(client, upload, from, bytes[from..to])).Expect(200);
            Assert.Equal(to.ToString(System.Globalization.CultureInfo.InvariantCulture), sent.Header("Upload-Offset"));
            Assert.Empty(await FilesOf(dossier, "form"));
        }
        using var head = new HttpRequestMessage(HttpMethod.Head, upload);
        using var asked = await other.SendAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal(
            ("5000000", "5000000"),
            (Assert.Single(asked.Headers.GetValues("Upload-Offset")), Assert.Single(asked.Headers.GetValues("Upload-Length")))
        );
        var document = (await Complete(upload)).Expect(201);
        Assert.Equal(bytes, (await Download(other, document.Location)).Bytes);
        // Who did not hear the answer asks again.
        Assert.Equal(document.Location, (await Complete(upload)).Expect(201).Location);
        Assert.Equal((1, 0), (Stored("content"), Stored("uploads")));
        Assert.Equal("completed", Text(await Officer.Get(upload), "state"));
    }

    [Fact]
    public async Task Bytes_at_another_offset_or_beyond_the_end_are_refused()
    {
        var upload = (await Start(await Receive(), Announcement(10))).Expect(201).Location;
        (await Send(Officer, upload, 5, new byte[5])).Expect(409, "dossiers.upload-offset-differs");
        (await Send(Officer, upload, 0, new byte[11])).Expect(413, "too-large");
        (await Send(Officer, upload, 0, new byte[4])).Expect(200);
        (await Send(Officer, upload, 0, new byte[4])).Expect(409, "dossiers.upload-offset-differs");
        (await Send(Officer, upload, -1, new byte[4])).Expect(400, "invalid");
        (await Officer.Call(HttpMethod.Patch, upload, Calls.Body("abc", "application/partial-upload"))).Expect(400);
        (await Officer.Call(HttpMethod.Patch, upload, Calls.Body("abc", "application/json"), ("Upload-Offset", "4"))).Expect(415);
        Assert.Equal(4, (await Officer.Get(upload)).Json.GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task Of_many_at_one_offset_one_goes_on()
    {
        await using var sibling = await Host.Sibling();
        var bytes = TestFiles.LargePdf(200_000);
        var upload = (await Start(await Receive(), Announcement(bytes.Length))).Expect(201).Location;
        HttpClient[] clients = [Officer, sibling.Client(Everything), Officer, sibling.Client(Everything)];
        var answers = await Task.WhenAll(clients.Select(c => Send(c, upload, 0, bytes)));
        Assert.Equal([200, 409, 409, 409], answers.Select(a => a.Status).Order());
        Assert.Equal(1, Stored("uploads"));
        // Who comes second finds the upload closed, or its pieces gone while it looks at them; whoever asks again gets the one document.
        var documents = await Task.WhenAll(clients.Select(c => c.Post(upload + "/complete", null)));
        Assert.All(documents, d => Assert.True(d.Status is 201 or 409 or 503, d.ToString()));
        documents = [.. documents, (await Complete(upload)).Expect(201)];
        Assert.Single(documents.Where(d => d.Status == 201).Select(d => d.Location).Distinct());
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.files"));
    }

    [Fact]
    public async Task What_came_before_the_line_broke_is_kept()
    {
        var bytes = TestFiles.LargePdf(3_500_000);
        var upload = (await Start(await Receive(), Announcement(bytes.Length))).Expect(201).Location;
        await SendAndBreak(upload, bytes, 2_500_000);
        var offset = 0L;
        while (offset < 2_097_152)
        {
            offset = (await Officer.Get(upload)).Expect(200).Json.GetProperty("offset").GetInt64();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        // Give the host its time to notice; how much of the last piece arrived is the network's business.
        while (offset != (offset = (await Officer.Get(upload)).Json.GetProperty("offset").GetInt64()))
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Reply sent;
        do sent = await Send(Officer, upload, offset, bytes[(int)offset..]);
        while (sent.Status == 409 && (offset = (await Officer.Get(upload)).Json.GetProperty("offset").GetInt64()) >= 0);
        sent.Expect(200);
        var document = (await Complete(upload)).Expect(201);
        Assert.Equal(Sha256(bytes), Text(document, "sha256"));
    }

    [Fact]
    public async Task A_piece_that_was_written_and_not_recorded_is_not_part_of_the_file()
    {
        // As when a host is killed between the two.
        var bytes = TestFiles.LargePdf(100_000);
        var upload = (await Start(await Receive(), Announcement(bytes.Length))).Expect(201).Location;
        (await Send(Officer, upload, 0, bytes[..50_000])).Expect(200);
        var folder = System.IO.Path.Combine(DossiersHost.Folder, "uploads", Guid.Parse(upload[^36..]).ToString("N"));
        await File.WriteAllBytesAsync(
            System.IO.Path.Combine(folder, "000000050000-killed"),
            new byte[20_000],
            TestContext.Current.CancellationToken
        );
        await File.WriteAllBytesAsync(
            System.IO.Path.Combine(folder, "000000050000-cut.half"),
            new byte[7],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(50_000, (await Officer.Get(upload)).Json.GetProperty("offset").GetInt64());
        (await Send(Officer, upload, 50_000, bytes[50_000..])).Expect(200);
        Assert.Equal(Sha256(bytes), Text((await Complete(upload)).Expect(201), "sha256"));
        Assert.Equal(0, Stored("uploads"));
    }

    [Fact]
    public async Task What_is_given_up_leaves_nothing()
    {
        var upload = (await Start(await Receive(), Announcement(10))).Expect(201).Location;
        (await Send(Officer, upload, 0, new byte[4])).Expect(200);
        (await Officer.Delete(upload)).Expect(428);
        (await Officer.Delete(upload, ("If-Match", (await Officer.Get(upload)).ETag))).Expect(204);
        Assert.Equal(0, Stored("uploads"));
        (await Send(Officer, upload, 4, new byte[4])).Expect(409, "dossiers.upload-closed");
        (await Complete(upload)).Expect(409, "dossiers.upload-closed");
    }

    [Fact]
    public async Task What_is_refused_leaves_its_finding_and_no_bytes()
    {
        var (dossier, bytes) = (await Receive(), TestFiles.Pdf());
        var announced = Announcement(bytes.Length);
        announced["sha256"] = new string('0', 64);
        var upload = await Uploaded(dossier, bytes, announced);
        (await Complete(upload)).Expect(422, "dossiers.file-hash-differs");
        (await Complete(upload)).Expect(422, "dossiers.file-hash-differs");
        var seen = await Officer.Get(upload);
        Assert.Equal(("refused", "dossiers.file-hash-differs"), (Text(seen, "state"), Text(seen, "finding")));
        Assert.Equal((0, 0), (Stored("content"), Stored("uploads")));
        Assert.Empty(await FilesOf(dossier, "form"));
    }

    [Theory]
    [InlineData("fileName", "a.exe", 422, "dossiers.file-extension-differs")]
    [InlineData("fileName", "../a.pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("fileName", "..\\a.pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("fileName", "C:a.pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("fileName", "\u202Efdp.exe.pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("fileName", ".pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("fileName", "a\0.pdf", 400, "malformed")]
    [InlineData("fileName", "", 400, "invalid")]
    [InlineData("mediaType", "image/svg+xml", 422, "dossiers.file-type-unknown")]
    [InlineData("mediaType", "text/html", 422, "dossiers.file-type-unknown")]
    [InlineData("size", 0, 400, "invalid")]
    [InlineData("size", 104_857_601, 422, "dossiers.file-too-large")]
    [InlineData("sha256", "abc", 400, "invalid")]
    [InlineData("component", "unheard", 422, "dossiers.component-unknown")]
    public async Task An_announcement_that_cannot_be_kept_is_refused(string member, object value, int status, string code)
    {
        var announced = Announcement(10);
        announced[member] = value;
        (await Start(await Receive(), announced)).Expect(status, code);
    }

    [Fact]
    public async Task Others_find_no_upload()
    {
        var upload = await Uploaded(await Receive(), TestFiles.Pdf());
        var outsider = Over("centre:66-22015");
        (await outsider.Get(upload)).Expect(404, "upload-not-found");
        (await Send(outsider, upload, 0, new byte[1])).Expect(404, "upload-not-found");
        (await outsider.Post(upload + "/complete", null)).Expect(404, "upload-not-found");
        (await outsider.Delete(upload, ("If-Match", "\"1\""))).Expect(404, "upload-not-found");
    }

    [Fact]
    public async Task Memory_stays_flat_however_large_a_file_is()
    {
        const int size = 64 * 1024 * 1024;
        var dossier = await Receive();
        var upload = (await Start(dossier, Announcement(size))).Expect(201).Location;
        // What the host keeps at once is counted by the runtime: blocks of the large heap would show a whole file.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        using var content = new StreamContent(new Generated(size, () => most = Math.Max(most, GC.GetTotalMemory(false))), 64 * 1024);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/partial-upload");
        content.Headers.ContentLength = size;
        (await Officer.Call(HttpMethod.Patch, upload, content, ("Upload-Offset", "0"))).Expect(200);
        Assert.True(most - before < size / 2, $"{(most - before) / 1024 / 1024} MB were in use");
        var document = (await Complete(upload)).Expect(201);
        using var answer = await Officer.GetAsync(
            document.Location + "/content",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            Text(document, "sha256"),
            Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(body, TestContext.Current.CancellationToken))
        );
    }

    // Sends the beginning of a request and resets the connection.
    private async Task SendAndBreak(string upload, byte[] bytes, int count)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new(true, 5) };
        await socket.ConnectAsync(IPAddress.Loopback, Host.Address.Port, TestContext.Current.CancellationToken);
        var head =
            $"PATCH {upload} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {TestCaller.May(Everything).ToHeader()}\r\n"
            + $"Content-Type: application/partial-upload\r\nUpload-Offset: 0\r\nContent-Length: {bytes.Length}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        for (var sent = 0; sent < count; )
            sent += await socket.SendAsync(bytes.AsMemory(sent, count - sent), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Both);
    }

    /// <summary>A PDF that exists only while it is read.</summary>
    private sealed class Generated(long size, Action onRead) : Stream
    {
        private static readonly byte[] Start = TestFiles.Bytes("%PDF-1.7\n");
        private static readonly byte[] End = TestFiles.Bytes("\n%%EOF\n");
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position
        {
            get => _at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            onRead();
            count = (int)Math.Min(count, size - _at);
            for (var i = 0; i < count; i++, _at++)
                buffer[offset + i] =
                    _at < Start.Length ? Start[_at]
                    : _at >= size - End.Length ? End[_at - (size - End.Length)]
                    : (byte)(_at * 31 >> 7);
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
