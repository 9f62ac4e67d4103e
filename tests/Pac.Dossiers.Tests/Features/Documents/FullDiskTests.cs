using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>A host whose files lie on a disk of one megabyte and a half.</summary>
public sealed class SmallDiskHost() : DossiersHost(new() { ["Files:Folder"] = SmallDisk })
{
    public static readonly string SmallDisk = Folder + "-small";

    /// <summary>Why there is no such disk; empty when there is.</summary>
    public string Missing { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(SmallDisk);
        var (code, said) = await Tool.Run("mount", ["-t", "tmpfs", "-o", "size=1536k", "tmpfs", SmallDisk], "/");
        Missing = code == 0 ? "" : "No small disk can be mounted: " + said.Trim();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Tool.Run("umount", [SmallDisk], "/");
        Directory.Delete(SmallDisk, recursive: true);
        GC.SuppressFinalize(this);
    }
}

public sealed class FullDiskTests(SmallDiskHost host) : DocumentTests(host), IClassFixture<SmallDiskHost>
{
    [Fact]
    public async Task A_full_disk_leaves_no_half_file_and_the_upload_goes_on_once_there_is_room()
    {
        Assert.SkipUnless(host.Missing.Length == 0, host.Missing);
        var dossier = await Receive();
        var ballast = System.IO.Path.Combine(SmallDiskHost.SmallDisk, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1_300_000], TestContext.Current.CancellationToken);
        var bytes = TestFiles.LargePdf(600_000);

        var refused = (await Attach(dossier, bytes)).Expect(503, "dossiers.file-store-away");
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(["ballast"], Left());
        var upload = (await Start(dossier, Announcement(bytes.Length))).Expect(201).Location;
        (await Send(Officer, upload, 0, bytes[..100_000])).Expect(200);
        (await Send(Officer, upload, 100_000, bytes[100_000..])).Expect(503, "dossiers.file-store-away");
        Assert.Equal(100_000, (await Officer.Get(upload)).Json.GetProperty("offset").GetInt64());
        Assert.Equal(2, Left().Length);

        File.Delete(ballast);
        (await Send(Officer, upload, 100_000, bytes[100_000..])).Expect(200);
        await File.WriteAllBytesAsync(ballast, new byte[800_000], TestContext.Current.CancellationToken);
        // All of it has come, but there is no room to keep it: it stays an upload.
        (await Complete(upload)).Expect(503, "dossiers.file-store-away");
        Assert.Empty(await FilesOf(dossier, "form"));
        File.Delete(ballast);
        var document = (await Complete(upload)).Expect(201);
        Assert.Equal(bytes, (await Download(Officer, document.Location)).Bytes);
        Assert.Single(Left());
    }

    private static string[] Left() =>
        [.. Directory.GetFiles(SmallDiskHost.SmallDisk, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetFileName(f))];
}
