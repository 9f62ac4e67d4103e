using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Persistence;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

public sealed class PruneTests(DossiersHost fixture) : DocumentTests(fixture)
{
    [Fact]
    public async Task An_upload_that_nobody_goes_on_with_is_given_up()
    {
        var dossier = await Receive();
        var (left, used) = (
            (await Start(dossier, Announcement(1000))).Expect(201).Location,
            (await Start(dossier, Announcement(1000))).Expect(201).Location
        );
        (await Send(Officer, left, 0, new byte[10])).Expect(200);
        Host.Clock.Now += TimeSpan.FromHours(23);
        (await Send(Officer, used, 0, new byte[10])).Expect(200);
        Host.Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal((1, 0), await Once(Host));
        Assert.Equal("cancelled", Text(await Officer.Get(left), "state"));
        (await Send(Officer, left, 10, new byte[10])).Expect(409, "dossiers.upload-closed");
        Assert.Equal(1, Stored("uploads"));
        (await Send(Officer, used, 10, new byte[10])).Expect(200);
        Host.Clock.Now += TimeSpan.FromDays(8);
        await Once(Host);
        (await Officer.Get(left)).Expect(404, "upload-not-found");
        Assert.Equal(0, Stored("uploads"));
    }

    [Fact]
    public async Task What_a_host_left_when_it_died_is_removed_and_what_is_under_way_is_not()
    {
        Place("uploads/" + Guid.CreateVersion7(Host.Clock.Now).ToString("N") + "/000000000000-a");
        Place("uploads/" + Guid.CreateVersion7(Host.Clock.Now.AddHours(-7)).ToString("N") + "/000000000000-a");
        Assert.Equal((1, 0), await Once(Host));
        Assert.Equal(1, Stored("uploads"));
    }

    [Fact]
    public async Task Content_whose_document_was_never_written_is_removed_after_a_while()
    {
        var sha256 = Sha256(TestFiles.Pdf());
        await Host.Sql(
            "INSERT INTO dossiers.contents (sha256, size, released_at) VALUES ($1, 3, $2)",
            sha256,
            Host.Clock.Now.AddHours(-25).ToUniversalTime()
        );
        Place($"content/{sha256[..2]}/{sha256[2..4]}/{sha256}");
        Assert.Equal((0, 1), await Once(Host));
        Assert.Equal(0, Stored("content"));
    }

    [Fact]
    public async Task Half_of_a_content_is_made_whole_by_the_next_document()
    {
        var sha256 = Sha256(TestFiles.Pdf());
        Place($"content/{sha256[..2]}/{sha256[2..4]}/{sha256}");
        var document = (await Attach(await Receive(), TestFiles.Pdf())).Expect(201);
        Assert.Equal(TestFiles.Pdf(), (await Download(Officer, document.Location)).Bytes);
    }

    internal static Task<(int Uploads, int Contents)> Once(ModuleHost host) =>
        host.Services.GetRequiredService<PruneFiles>().Once(TestContext.Current.CancellationToken);

    private static void Place(string key)
    {
        var place = System.IO.Path.Combine(DossiersHost.Folder, key);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
        File.WriteAllText(place, "abc");
    }
}
