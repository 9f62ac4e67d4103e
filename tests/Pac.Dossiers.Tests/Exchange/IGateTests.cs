using System.Text.Json.Nodes;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Tests.Features.Documents;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>A host that works beside iGate alone.</summary>
public sealed class IGateHost()
    : DossiersHost(
        new()
        {
            ["Exchange:NationalPortal:On"] = "false",
            ["Exchange:IGate:On"] = "true",
            ["Exchange:IGate:UploadCall"] = "TaiTepTin",
        }
    );

/// <summary>iGate is told and tells, by the same machinery as the portal, whatever goes wrong on the way.</summary>
public sealed class IGateTests(IGateHost fixture) : PartnerTests(fixture), IClassFixture<IGateHost>
{
    private const string Address = "/api/v1/integration/igate";
    private IGateSimulator _iGate = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _iGate = await IGateSimulator.Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await _iGate.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_dossier_and_its_acts_are_told_with_a_token_that_is_kept()
    {
        var dossier = await Settle(await Receive());
        while (await Sync(ExchangePartner.IGate) > 0) { }
        var told = _iGate.Dossiers[Text(dossier, "code")];
        Assert.Equal(("0", Person.Name), ((string?)told["LoaiDoiTuong"], (string?)told["ChuHoSo"])); // a citizen, as it counts kinds
        Assert.Equal("9", (string?)told["TrangThaiHoSo"]);
        Assert.Equal(
            ["received", "transferred", "stepCompleted", "settled", "paymentRequested"],
            _iGate.Acts.Select(a => (string)a["NoiDungXuLy"]!).Distinct()
        );
        Assert.Equal(1, _iGate.Tokens);
        Assert.All(await Ledger(dossier), e => Assert.Equal(("done", "taken"), (Word(e, "state"), Word(e, "answer"))));

        _iGate.ForgetToken();
        await Receive();
        while (await Sync(ExchangePartner.IGate) > 0) { }
        Assert.Equal((2, 2), (_iGate.Tokens, _iGate.Dossiers.Count));
    }

    [Fact]
    public async Task Files_are_sent_once_before_the_dossier_that_names_them()
    {
        var pdf = TestFiles.Pdf("iGate");
        var dossier = await ReceiveWith(pdf);
        Fault[] faults = [Fault.Away, Fault.DropsBefore, Fault.Slow, Fault.None];
        _iGate.Faults = n => faults[Math.Min(n - 1, 3)];
        for (var round = 0; round < 30 && !_iGate.Dossiers.ContainsKey(Text(dossier, "code")); round++)
        {
            await Sync(ExchangePartner.IGate);
            await Host.Sql("UPDATE dossiers.exchange_messages SET next_attempt_at = now() WHERE state = 'Waiting'");
        }
        await Settle(dossier);
        while (await Sync(ExchangePartner.IGate) > 0) { }
        var told = _iGate.Dossiers[Text(dossier, "code")];
        Assert.Equal("9", (string?)told["TrangThaiHoSo"]);
        var named = told["TaiLieuNop"]!.AsArray().Single(f => (string?)f!["MaThanhPhanHoSo"] == "form")!;
        var (code, name, bytes) = _iGate.Files[(string)named["TepDinhKemId"]!];
        Assert.Equal((Text(dossier, "code"), "to-khai.pdf"), (code, name));
        Assert.Equal(pdf, bytes);
        // The one that was taken while the answer came too late is there twice; nothing more is.
        Assert.InRange(_iGate.Files.Count, 1, 2);
    }

    [Fact]
    public async Task A_file_of_ours_that_it_tells_by_its_own_name_does_not_come_back()
    {
        var dossier = await ReceiveWith(TestFiles.Pdf("iGate"));
        while (await Sync(ExchangePartner.IGate) > 0) { }
        var theirs = Assert.Single(_iGate.Files.Keys);
        var message = JsonNode.Parse(Message(Text(dossier, "code"), 4, "20261123093000"))!.AsObject();
        message["TaiLieuNop"] = new JsonArray(
            new JsonObject
            {
                ["MaThanhPhanHoSo"] = "form",
                ["TepDinhKemId"] = theirs,
                ["DuongDanTaiTepTin"] = new Uri(IGateSimulator.Address, "tep/" + theirs).ToString(),
            }
        );
        (await Officer.Post(Address + "/messages", new { message = message.ToJsonString() })).Expect(201);
        await Worker.RunOnce(ExchangePartner.IGate, Ct);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages WHERE kind = 'File'"));
    }

    [Fact]
    public async Task A_file_that_our_store_cannot_give_holds_up_its_own_dossier_alone()
    {
        var pdf = TestFiles.Pdf("lost by our store");
        var broken = await ReceiveWith(pdf);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pdf));
        File.Delete(System.IO.Path.Combine(DossiersHost.Folder, FileKeys.Content(hash)));
        var other = await Receive();
        await Sync(ExchangePartner.IGate);
        Assert.True(_iGate.Dossiers.ContainsKey(Text(other, "code")));
        Assert.False(_iGate.Dossiers.ContainsKey(Text(broken, "code")));
        var first = (await Ledger(broken))[0];
        Assert.Equal(("waiting", "file-store-away"), (Word(first, "state"), Word(first, "answer")));
    }

    [Fact]
    public async Task Whatever_it_does_meanwhile_it_ends_with_everything_in_order_and_late_telling_makes_nothing_late()
    {
        Fault[] faults = [Fault.DropsAfter, Fault.Away, Fault.None, Fault.DropsBefore, Fault.None, Fault.None];
        _iGate.Faults = n =>
            n == 3 ? Fault.Slow
            : n < 40 ? faults[n % faults.Length]
            : Fault.None;
        var dossier = await Settle(await Receive());
        var due = dossier.Json.GetProperty("dueAt").GetDateTimeOffset();
        Host.Clock.Now = due.AddDays(30);
        for (
            var round = 0;
            round < 200
                && await Host.Scalar<long>(
                    "SELECT (SELECT count(*) FROM dossiers.exchange_messages WHERE state = 'Waiting') + (SELECT count(*) FROM dossiers.events WHERE fanned_out_at IS NULL)"
                ) > 0;
            round++
        )
        {
            await Sync(ExchangePartner.IGate);
            await Host.Sql("UPDATE dossiers.exchange_messages SET next_attempt_at = now() WHERE state = 'Waiting'");
        }
        var told = _iGate.Dossiers[Text(dossier, "code")];
        Assert.Equal("9", (string?)told["TrangThaiHoSo"]);
        Assert.True(string.CompareOrdinal((string?)told["ThoiDiemXuLy"], (string?)told["NgayHenTra"]) < 0);
        var statuses = _iGate.Acts.Select(a => (string)a["TrangThai"]!).ToList();
        Assert.Equal(statuses.Order(StringComparer.Ordinal), statuses);
        Assert.Empty(Items(await Officer.Get("/api/v1/dossier-statistics/late-dossiers?from=2026-11-01&to=2027-02-01")));
    }

    [Fact]
    public async Task What_it_states_is_followed_from_what_it_says_and_what_it_is_asked_for()
    {
        var dossier = await Receive();
        (await Officer.Post(Path(dossier) + "/stated-by", new { system = "iGate" }, ("If-Match", dossier.ETag))).Expect(200);
        Host.Clock.Advance(TimeSpan.FromHours(6));
        _iGate.Shuffles = true;
        _iGate.Has(Text(dossier, "code"), 4, "20261123093000");
        await Worker.Pull(ExchangePartner.IGate, Ct);
        await Worker.RunOnce(ExchangePartner.IGate, Ct);
        Assert.Equal("inProcess", Text(await Officer.Get(Path(dossier)), "status"));
        (await Officer.Post(Address + "/messages", new { message = Message(Text(dossier, "code"), 9, "20261123140000") })).Expect(201);
        await Worker.RunOnce(ExchangePartner.IGate, Ct);
        var done = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal("completed", Text(done, "status"));
        Assert.Equal(DakLak.At("2026-11-23 14:00"), done.Json.GetProperty("settledAt").GetDateTimeOffset());
        // The portal does not state it, so it is not heard.
        await Say(Text(dossier, "code"), 4, "20261123143000");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("completed", Text(await Officer.Get(Path(dossier)), "status"));
        Assert.Equal(["applied", "applied", "not-stating"], (await Ledger(dossier)).Where(Inbound).Select(e => Word(e, "answer")));
    }

    [Fact]
    public async Task What_it_refuses_is_parked_what_it_says_wrongly_too_and_both_are_mended()
    {
        _iGate.Status = 400;
        var dossier = await Receive();
        while (await Sync(ExchangePartner.IGate) > 0) { }
        var parked = Items(await Officer.Get(Address + "/messages?state=parked"));
        Assert.All(parked, m => Assert.Equal("refused-400", Word(m, "answer")));
        _iGate.Status = 200;
        foreach (var message in parked)
        {
            var path = $"{Address}/messages/{Word(message, "id")}";
            (await Officer.Post(path + "/replay", new { }, ("If-Match", (await Officer.Get(path)).ETag))).Expect(200);
        }
        while (await Sync(ExchangePartner.IGate) > 0) { }
        Assert.True(_iGate.Dossiers.ContainsKey(Text(dossier, "code")));

        var wrong = (await Officer.Post(Address + "/messages", new { message = """{"MaHoSo":"H15.09-261123-0001"}""" })).Expect(201);
        Assert.Equal("unknown-status", Text(wrong, "answer"));
        var seen = await Officer.Get(wrong.Location);
        var mended = new { message = Message(Text(dossier, "code"), 2, "20261123090000") };
        (await Officer.Post(wrong.Location + "/replay", mended, ("If-Match", seen.ETag))).Expect(200);
        await Worker.RunOnce(ExchangePartner.IGate, Ct);
        Assert.Equal("agrees", Word((await Officer.Get(wrong.Location)).Json.GetProperty("message"), "answer"));
    }

    [Fact]
    public async Task A_night_compares_both_and_tells_again_what_is_ours()
    {
        var (same, lost) = (await Receive(), await Receive());
        while (await Sync(ExchangePartner.IGate) > 0) { }
        _iGate.Dossiers.TryRemove(Text(lost, "code"), out _);
        _iGate.Has("H15.09-261123-900001", 4, "20261123093000");
        await Worker.QueueReconciliation(ExchangePartner.IGate, Ct);
        await Host.RunJobs();
        var report = Assert.Single(Items(await Officer.Get(Address + "/reconciliations")));
        Assert.Equal((3, 2), (report.GetProperty("compared").GetInt32(), report.GetProperty("differing").GetInt32()));
        while (await Sync(ExchangePartner.IGate) > 0) { }
        Assert.True(_iGate.Dossiers.ContainsKey(Text(lost, "code")));
        Assert.True(_iGate.Dossiers.ContainsKey(Text(same, "code")));
    }

    private async Task<Reply> ReceiveWith(byte[] pdf)
    {
        var dossier = await Receive();
        using var content = new ByteArrayContent(pdf);
        content.Headers.ContentType = new("application/pdf");
        content.Headers.ContentDisposition = new("attachment") { FileName = "to-khai.pdf" };
        (await Officer.Call(HttpMethod.Post, Path(dossier) + "/documents?kind=scan&component=form&pages=1", content)).Expect(201);
        return dossier;
    }
}
