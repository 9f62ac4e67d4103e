using System.Text.Json.Nodes;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Tests.Features.Documents;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>The files of what people submit on the portal are fetched, by the checks of every upload and from nowhere else.</summary>
public sealed class FetchedFileTests(DossiersHost fixture) : PartnerTests(fixture)
{
    private const string Code = "H15.09-261123-900001";

    [Fact]
    public async Task The_files_of_a_submission_are_fetched_once_and_are_the_files_of_the_dossier()
    {
        var (form, licence) = (TestFiles.Pdf("form"), TestFiles.Pdf("licence"));
        (ThePortal.Files["f1"], ThePortal.Files["f2"]) = (form, licence);
        var told = Submission(
            PortalSimulator.Paper("form", PortalSimulator.Address + "files/f1", "Tờ khai.pdf", "1"),
            PortalSimulator.Paper("licence", "/files/f2", id: "2")
        );
        for (var i = 0; i < 2; i++)
        {
            // A message that differs is another one; its files are the same.
            told["TrichYeuHoSo"] = $"lần {i}";
            await Tell(told);
            await Take();
        }
        var dossier = await Dossier();
        var documents = await FilesOf(dossier);
        Assert.Equal(["form Tờ khai.pdf electronic", "licence to-khai.pdf electronic"], documents.Select(Line).Order());
        var read = await Officer.GetByteArrayAsync(
            new Uri(
                $"{dossier}/documents/{documents.Single(d => Word(d, "component") == "form").GetProperty("id").GetString()}/content",
                UriKind.Relative
            ),
            Ct
        );
        Assert.Equal(form, read);
        Assert.Equal(["f1", "f2"], ThePortal.FilesAsked.Order());
        var files = Items(await Officer.Get(Portal + "/messages?kind=file"));
        Assert.All(files, f => Assert.Equal(("done", "fetched", Code), (Word(f, "state"), Word(f, "answer"), Word(f, "dossierCode"))));
    }

    [Theory]
    [InlineData("missing", "a.pdf", "file-lost")]
    [InlineData("moved", "a.pdf", "file-elsewhere")]
    [InlineData("exe", "a.pdf", "file-content-differs")]
    [InlineData("empty", "a.pdf", "file-empty")]
    [InlineData("large", "a.png", "file-too-large")]
    [InlineData("pdf", "a.exe", "file-type-unknown")]
    [InlineData("pdf", "../a.pdf", "file-name-unsafe")]
    public async Task What_is_lost_or_hostile_is_parked_leaves_nothing_behind_and_comes_when_mended(string file, string name, string reason)
    {
        ThePortal.Files["pdf"] = TestFiles.Pdf();
        ThePortal.Files["exe"] = "MZ and more"u8.ToArray();
        ThePortal.Files["empty"] = [];
        ThePortal.Files["large"] = new byte[21 * 1024 * 1024];
        await Tell(Submission(PortalSimulator.Paper("form", "/files/" + file, name)));
        await Take();
        var dossier = await Dossier();
        Assert.Empty(await FilesOf(dossier));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.contents"));
        var parked = Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked")));
        Assert.Equal(("file", reason), (Word(parked, "kind"), Word(parked, "answer")));

        var path = $"{Portal}/messages/{Word(parked, "id")}";
        var seen = (await Officer.Get(path)).Expect(200);
        var paper = JsonNode.Parse(Text(seen, "text"))!.AsObject();
        (paper["DuongDanTaiTepTin"], paper["TenTepDinhKem"]) = ("/files/pdf", "a.pdf");
        (await Officer.Post(path + "/replay", new { message = paper.ToJsonString() }, ("If-Match", seen.ETag))).Expect(200);
        await Take();
        Assert.Equal(["form a.pdf electronic"], (await FilesOf(dossier)).Select(Line));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/files/pdf")]
    [InlineData("//169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost/files/pdf")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://files.example.vn/a.pdf")]
    [InlineData("OWN@evil.example/files/pdf")]
    public async Task Only_the_hosts_of_the_partner_are_asked_for_files(string link)
    {
        ThePortal.Files["pdf"] = TestFiles.Pdf();
        await Tell(
            Submission(
                PortalSimulator.Paper(
                    "form",
                    link.Replace("OWN", PortalSimulator.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
                )
            )
        );
        await Take();
        Assert.Equal("file-link-refused", Word(Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked"))), "answer"));
        Assert.Empty(ThePortal.FilesAsked);
    }

    [Fact]
    public async Task While_the_portal_is_away_slow_or_breaks_off_it_is_asked_again_until_the_file_is_here()
    {
        ThePortal.Files["f1"] = TestFiles.LargePdf(3_000_000);
        await Tell(Submission(PortalSimulator.Paper("form", "/files/f1")));
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var n = 0;
        Fault[] faults = [Fault.Away, Fault.DropsBefore, Fault.Slow, Fault.None];
        ThePortal.Faults = _ => faults[Math.Min(n++, faults.Length - 1)];
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal(1, await Files.FetchDue(ExchangePartner.NationalPortal, Ct));
            Assert.Equal(0, await Files.FetchDue(ExchangePartner.NationalPortal, Ct)); // not before its time
            await Host.Sql("UPDATE dossiers.exchange_messages SET next_attempt_at = now() WHERE state = 'Waiting'");
        }
        Assert.Single(await FilesOf(await Dossier()));
        Assert.Equal(
            0,
            await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages WHERE state = 'Waiting' AND kind = 'File'")
        );
    }

    [Fact]
    public async Task What_a_person_adds_there_comes_here_whoever_states_the_status_and_what_we_told_does_not_come_back()
    {
        ThePortal.Files["f1"] = TestFiles.Pdf();
        await Tell(Submission());
        await Take();
        var dossier = await Dossier();
        var answer = JsonNode.Parse(Message(Code, 1, "20261123085500"))!.AsObject();
        answer["TaiLieuNop"] = new JsonArray(
            PortalSimulator.Paper("form", "/files/f1"),
            PortalSimulator.Paper("licence", "https://pac.example.vn/api/v1/dossiers/x/documents/y/content")
        );
        await Tell(answer);
        await Take();
        Assert.Equal("form", Word(Assert.Single(await FilesOf(dossier)), "component"));
        Assert.Empty(Items(await Officer.Get(Portal + "/messages?state=parked")));
    }

    private async Task Take()
    {
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        await Files.FetchDue(ExchangePartner.NationalPortal, Ct);
    }

    private JsonObject Submission(params JsonObject[] papers)
    {
        var told = ThePortal.Submits(Code, "20261123085000");
        if (papers.Length > 0)
            told["TaiLieuNop"] = new JsonArray([.. papers]);
        return told;
    }

    private async Task Tell(JsonObject message) =>
        (await Officer.Post(Portal + "/messages", new { message = message.ToJsonString() })).Expect(201);

    private async Task<string> Dossier() =>
        "/api/v1/dossiers/" + Word(Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted"))), "id");

    private async Task<List<System.Text.Json.JsonElement>> FilesOf(string dossier) =>
        [.. Items(await Officer.Get(dossier + "/documents"), "documents").SelectMany(d => d.GetProperty("files").EnumerateArray())];

    private static string Line(System.Text.Json.JsonElement d) => $"{Word(d, "component")} {Word(d, "name")} {Word(d, "kind")}";
}
